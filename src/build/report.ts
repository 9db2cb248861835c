// What is said of a build: the summary for people, and one object for programs.

import { isAbsolute, relative, resolve } from 'node:path';
import { type Lang, placeOf, type Say } from '../core/source.js';
import type { BuildResult, LeftOut } from './result.js';

/** Of the object that `reportOf` gives; another number when something in it means something else. */
const EDITION = 1;

/** The report as plain JSON. `folder`: the output folder as it is to be shown. Paths of files begin with it. */
export function reportOf(built: BuildResult, folder: string, lang: Lang): object {
  const path = (file: string): string => `${folder}/${file}`;
  const { files, leftOut, skipped, diagnostics, faults } = built;
  return {
    report: 'servicebook build',
    version: EDITION,
    exitCode: built.exitCode,
    upToDate: false,
    out: folder,
    draft: built.draft,
    unconfirmed: built.unconfirmed,
    total: { files: files.length, pages: sum(files, ({ pages = 0 }) => pages), size: sum(files, ({ size }) => size) },
    files: files.map(({ file, output, size, pages, sheets }) => ({
      file: path(file),
      output,
      size,
      pages: pages ?? null,
      sheets: sheets ?? null,
    })),
    leftOut: leftOut.map(({ output, file, service, why, because, older }) => ({
      file: file === undefined ? null : path(file),
      output,
      service: service ?? null,
      why,
      message: because[lang],
      older: older.map((each) => ({ file: path(each.file), state: each.state })),
    })),
    skipped: skipped.map(({ output, because }) => ({ output, message: because[lang] })),
    findings: [
      ...diagnostics.map(({ rule, severity, span, message, hint }) => {
        const { line, column } = placeOf(span.source, span.start);
        return {
          of: 'content',
          file: span.source.path,
          line,
          column,
          page: null,
          rule,
          severity,
          message: message[lang],
          hint: hint?.[lang] ?? null,
        };
      }),
      ...faults.map(({ file, page, rule, advice, message }) => ({
        of: 'print',
        file: path(file),
        line: null,
        column: null,
        page: page ?? null,
        rule,
        severity: advice ? 'warning' : 'error',
        message: message[lang],
        hint: null,
      })),
    ],
    remarks: built.remarks.map((say) => say[lang]),
  };
}

/** The report of a build that could not be made at all. */
export const refusalOf = (say: Say, exitCode: number, lang: Lang): object => ({
  report: 'servicebook build',
  version: EDITION,
  exitCode,
  upToDate: false,
  error: say[lang],
  files: [],
  leftOut: [],
  skipped: [],
  findings: [],
  remarks: [],
});

const sum = <T>(list: readonly T[], of: (one: T) => number): number =>
  list.reduce((total, each) => total + of(each), 0);

const sizeIn = (bytes: number): string =>
  bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} kB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;

/** Every file with its pages, then what is not there and why, then how many there are. */
export function summaryOf(built: BuildResult, folder: string, lang: Lang): string {
  const zh = lang === 'zh';
  const { files, leftOut, skipped } = built;
  const paged = (pages: number): string => (zh ? `${pages} 頁` : `${pages} ${pages === 1 ? 'page' : 'pages'}`);
  const lines = files.map(({ file, size, pages, sheets }) =>
    [
      `  ${folder}/${file}`,
      ...(pages === undefined ? [] : [paged(pages)]),
      sizeIn(size),
      ...(sheets === undefined ? [] : [zh ? `一張放不下，接成 ${sheets} 張` : `too long for one sheet: on ${sheets}`]),
    ].join('  '),
  );
  if (leftOut.length > 0) lines.push(...missingLines(leftOut, folder, lang));
  for (const { output, because } of skipped)
    lines.push(zh ? `沒有編印 ${output}：${because.zh}。` : `Not made: ${output} ${because.en}.`);
  for (const remark of built.remarks) lines.push(remark[lang]);
  const total = { pages: sum(files, ({ pages = 0 }) => pages), size: sum(files, ({ size }) => size) };
  if (files.length > 0 || leftOut.length === 0)
    lines.push(
      zh
        ? `已編印 ${files.length} 個檔案，共 ${total.pages} 頁，${sizeIn(total.size)}。`
        : `${files.length} ${files.length === 1 ? 'file' : 'files'}, ${paged(total.pages)}, ${sizeIn(total.size)}.`,
    );
  if (built.draft && built.unconfirmed === 0 && files.length > 0)
    lines[lines.length - 1] += zh
      ? '內容有錯誤，各頁印有「草案」。'
      : ' The content has errors: every page is marked as a draft.';
  else if (built.draft && files.length > 0)
    lines[lines.length - 1] += zh
      ? `內容有 ${built.unconfirmed} 處待確認，各頁印有「草案」。`
      : ` ${built.unconfirmed} ${built.unconfirmed === 1 ? 'value is' : 'values are'} still 待確認: every page is marked as a draft.`;
  if (leftOut.some(({ why }) => why !== 'unknown')) lines.push(closingOf(built, lang));
  return `${lines.join('\n')}\n`;
}

/** Sheet by sheet; those that are missing for the same reason stand below it together. */
function missingLines(leftOut: readonly LeftOut[], folder: string, lang: Lang): string[] {
  const zh = lang === 'zh';
  const byReason = new Map<string, LeftOut[]>();
  for (const each of leftOut) byReason.set(each.because[lang], [...(byReason.get(each.because[lang]) ?? []), each]);
  const named = ({ file, output, older }: LeftOut): string => {
    const of = file === undefined ? output : `${folder}/${file}`;
    const gone = older.filter(({ state }) => state === 'removed').map((each) => `${folder}/${each.file}`);
    const stay = older.filter(({ state }) => state === 'stays').map((each) => `${folder}/${each.file}`);
    const others = (list: readonly string[]): string => {
      const rest = list.filter((each) => each !== of);
      return rest.length === 0 ? '' : zh ? `（${rest.join('、')}）` : ` (${rest.join(', ')})`;
    };
    return `  ${[
      of,
      ...(gone.length > 0
        ? [zh ? `先前編印的已移除${others(gone)}` : `the file of an earlier build was removed${others(gone)}`]
        : []),
      ...(stay.length > 0
        ? [zh ? `留著的是先前編印的舊檔${others(stay)}` : `what is there is older, of an earlier build${others(stay)}`]
        : []),
    ].join('  ')}`;
  };
  const lines = [zh ? `\n沒有編印 ${leftOut.length} 份：` : `\nNot made, ${leftOut.length}:`];
  for (const [reason, sheets] of byReason) lines.push(reason, ...sheets.map(named));
  return [...lines, ''];
}

function closingOf({ files, leftOut: all }: BuildResult, lang: Lang): string {
  const leftOut = all.filter(({ why }) => why !== 'unknown');
  const zh = lang === 'zh';
  const findings = leftOut.some(({ why }) => why === 'findings');
  const mend: Say = findings
    ? {
        zh: '改正後再編印，或用 --force 印出草案。',
        en: 'Fix the content and build again, or print a draft with --force.',
      }
    : leftOut.some(({ why }) => why === 'faults')
      ? {
          zh: '改正後再編印，或用 --force 照樣寫出。',
          en: 'Fix it and build again, or write it all the same with --force.',
        }
      : { zh: '改正後再編印。', en: 'Fix it and build again.' };
  if (files.length === 0) return zh ? `沒有編印任何檔案。${mend.zh}` : `Nothing was printed. ${mend.en}`;
  return zh
    ? `另有 ${leftOut.length} 份沒有編印，原因如上。${mend.zh}`
    : `${leftOut.length} ${leftOut.length === 1 ? 'paper is' : 'papers are'} missing, for the reasons above. ${mend.en}`;
}

/** The output folder as the user typed it, with `/` where it is relative. */
export const shownFolder = (out: string, cwd: string): string =>
  isAbsolute(out) ? out : relative(cwd, resolve(cwd, out)).replaceAll('\\', '/') || '.';

/** What is wrong with the content and with what was printed, at length. */
export async function wrongIn({ diagnostics, faults, missing }: BuildResult, lang: Lang): Promise<string> {
  let said = '';
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) said += (await import('../lint/told-findings.js')).toldFindings(errors, lang);
  if (missing.length > 0)
    said +=
      lang === 'zh'
        ? `沒有字型可以印「${missing.join('')}」，這些字會是空白方框。請安裝含有這些字的 TrueType 字型（例如全字庫正楷體）。\n`
        : `No font has ${missing.join(' ')}; they print as empty boxes. Install a TrueType font that has them.\n`;
  return said + (await faultsText(faults, lang));
}

/** What is but advice is said again with the rest. */
export const faultsText = async (faults: BuildResult['faults'], lang: Lang): Promise<string> =>
  faults.length === 0 ? '' : (await import('../pdf/preflight/fault.js')).linesOf(faults, lang);
