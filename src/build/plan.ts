// Which sheets of a build are printed, and which are not and why.
import type { Diagnostic } from '../core/diagnostic.js';
import type { Say } from '../core/source.js';
import { type Holds, speaksOf } from '../document/held-back.js';
import type { Output } from '../document/output.js';
import type { About, Sheet } from '../document/sheet.js';
import type { Rendered } from './compile.js';
import type { Unmade } from './result.js';

/** `wall`: it hangs as one. */
export type Wanted = { output: string; wall: boolean; sheet: Sheet };

/** Which sheets are printed, and which are not and why. */
export function plan(
  drawn: readonly Rendered[],
  {
    holds,
    undrawn,
    inPart,
    forms,
    outputs,
  }: {
    holds: Holds;
    undrawn: ReadonlyMap<string, Say>;
    inPart: (file: string) => boolean;
    forms: Say | undefined;
    outputs: ReadonlyMap<string, Pick<Output, 'wall'>>;
  },
): { wanted: Wanted[]; refused: Unmade[] } {
  const wanted: Wanted[] = [];
  const refused: Unmade[] = [];
  for (const { output, sheets, refused: error, unknown = [] } of drawn) {
    for (const { service, file } of unknown)
      if (file !== undefined && inPart(file)) refused.push({ output, file, service, why: 'unknown', because: UNKNOWN });
    if (error) refused.push({ output, why: 'too-long', because: error.say });
    for (const sheet of sheets) {
      if (!inPart(sheet.file)) continue;
      const { file, about } = sheet;
      const errors = holds.of(output, about);
      const charts = [...undrawn].filter(([id]) => speaksOf(about, id)).map(([, say]) => say);
      const out = { output, file, ...ownOf(about) };
      if (errors.length > 0) refused.push({ ...out, why: 'findings', because: becauseOf(errors) });
      else if (charts.length > 0) refused.push({ ...out, why: 'chart', because: joined(charts) });
      else if (output === 'handbook' && forms) refused.push({ ...out, why: 'faults', because: forms });
      else wanted.push({ output, wall: outputs.get(output)?.wall === true, sheet });
    }
  }
  const { kept, same } = named(wanted);
  return { wanted: kept, refused: [...refused, ...same] };
}

/** Why nothing is printed for the hall of what nobody knows. */
const UNKNOWN: Say = {
  zh: '內容全部待確認，沒有可以告知民眾的事項；--working-copy 印出工作本',
  en: 'Nothing that it would tell is known yet; --working-copy prints it for staff',
};

/** The service whose own paper it is. */
export const ownOf = (about: About | undefined): { service?: string } =>
  about && 'service' in about ? { service: about.service } : {};

/** Several sentences as one text. */
export const joined = (says: readonly Say[]): Say => ({
  zh: says.map(({ zh }) => zh).join(' '),
  en: says.map(({ en }) => en).join(' '),
});

/** Which files the errors stand in, and how many in each. */
function becauseOf(errors: readonly Diagnostic[]): Say {
  const counts = new Map<string, number>();
  for (const { span } of errors) counts.set(span.source.path, (counts.get(span.source.path) ?? 0) + 1);
  const each = [...counts];
  return {
    zh: each.map(([path, n]) => `${path} 有 ${n} 個錯誤`).join('、'),
    en: each.map(([path, n]) => `${n} ${n === 1 ? 'error' : 'errors'} in ${path}`).join(', '),
  };
}

/** Of files whose names a disk may take for one, the one that is named as files are, in small letters, or the first. */
function named(wanted: readonly Wanted[]): { kept: Wanted[]; same: Unmade[] } {
  const byName = new Map<string, Wanted[]>();
  for (const each of wanted) {
    const name = plainName(each.sheet.file);
    byName.set(name, [...(byName.get(name) ?? []), each]);
  }
  const kept: Wanted[] = [];
  const same: Unmade[] = [];
  for (const each of wanted) {
    const rivals = byName.get(plainName(each.sheet.file)) ?? [];
    const first = rivals.find(({ sheet }) => sheet.file === plainName(sheet.file)) ?? rivals[0];
    if (first === each || first === undefined) kept.push(each);
    else
      same.push({
        output: each.output,
        file: each.sheet.file,
        ...ownOf(each.sheet.about),
        ...sameName(each.sheet.file, first.sheet.file),
      });
  }
  return { kept, same };
}

/** As a disk sees a name that tells neither A from a nor two ways to write é. */
export const plainName = (file: string): string => file.normalize('NFC').toLowerCase();

/** Why of two files that a disk may take for one the other is not printed. */
export const sameName = (file: string, other: string): Pick<Unmade, 'why' | 'because'> => ({
  why: 'same-name',
  because:
    file === other
      ? {
          zh: `另一份文件的檔名也是 ${other}；請給其中一項服務另一個編號`,
          en: `another paper is named ${other} as well; give one of the services another id`,
        }
      : {
          zh: `許多磁碟把 ${file} 與 ${other} 當作同一個檔案；請給其中一項服務另一個編號`,
          en: `many disks take ${file} and ${other} for one file; give one of the services another id`,
        },
});
