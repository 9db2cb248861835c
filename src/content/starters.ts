// What a new office and a new service begin with: the example that is shipped in the words of the office, the usual fields
// with what is known of them, and another service of the same kind.
import { chinese, KEYS } from './keys.js';
import { documented } from './schema/model.js';
import type { Field } from './schema/schema.js';

/** What an office is called, its units in their order, and the title of who leads it. */
export type OfficeAnswers = {
  readonly name?: string | undefined;
  readonly units?: readonly string[] | undefined;
  readonly head?: string | undefined;
};

/** A name that can stand in every line of the example as it is. */
export const isPlainName = (text: string): boolean => /^[\p{L}\p{N}][\p{L}\p{N}（）()·‧\- ]{0,59}$/u.test(text);

/** Who is who in the files of `templates/init/`. */
const EXAMPLE = {
  name: '範例市政服務中心',
  short: '本中心',
  desk: '服務台',
  first: '受理組',
  last: '秘書室',
  head: '主任',
};

/** The files of the example, in the words of the office. */
export function exampleOf(
  files: ReadonlyMap<string, string>,
  { name, units, head }: OfficeAnswers,
): Map<string, string> {
  const own = units ?? [];
  const desk = own.length === 0 || own.includes(EXAMPLE.desk) ? EXAMPLE.desk : (own[0] ?? '');
  const others = own.filter((unit) => unit !== EXAMPLE.desk);
  const first = others[0] ?? own[0] ?? EXAMPLE.first;
  const last = own.length === 0 || own.includes(EXAMPLE.last) ? EXAMPLE.last : (own[own.length - 1] ?? '');
  const words = new Map([
    ...(name === undefined
      ? []
      : ([
          [EXAMPLE.name, name],
          [EXAMPLE.short, shortOf(name)],
        ] as const)),
    [EXAMPLE.desk, desk],
    [EXAMPLE.first, first],
    [EXAMPLE.last, last],
    ...(head === undefined ? [] : [[EXAMPLE.head, head] as const]),
  ]);
  const any = new RegExp([...words.keys()].join('|'), 'g');
  const listed = `單位: [${own.join(', ')}]\n`;
  return new Map(
    [...files].map(([file, text]) => {
      const units = own.length > 0 && file === 'office.yaml' ? text.replace(/^單位:\n(?: {2}- .*\n)+/m, listed) : text;
      return [file, units.replace(any, (word) => words.get(word) ?? word)];
    }),
  );
}

/** 範例分署 calls itself 本分署. */
const shortOf = (name: string): string =>
  `本${/(分署|中心|公所|分局|法院|所|局|處|署|館|會|部|院|校)$/.exec(name)?.[1] ?? '機關'}`;

// ---------------------------------------------------------------- a service

/** The fields that most services fill in, in the order of a form; of the first eight one is asked. */
const USUAL = [
  'name',
  'summary',
  'applicant',
  'unit',
  'channels',
  'documents',
  'fee',
  'deadline',
  'authority',
  'procedure',
  'basis',
  'notes',
] as const;
export type UsualField = (typeof USUAL)[number];
/** What every service must declare, if only as not known yet. */
const DECLARED: ReadonlySet<string> = new Set(['documents', 'fee', 'deadline', 'authority', 'procedure']);

const EXAMPLES: Readonly<Partial<Record<UsualField, string>>> = {
  summary: '一句話說明這項服務是什麼',
  applicant: '本人、法定代理人',
  unit: '承辦的單位',
  channels: '臨櫃、郵寄、線上',
  documents: '申請書（正本，1 份）、身分證（驗正本）',
  fee: '每份 100 元，第 2 份起每份 20 元',
  deadline: '3 工作日',
  authority: '分署長',
  procedure: '提出申請書（申請人）→審查（書記官）→通知結果（書記官）',
  basis: '行政執行法第9條',
  notes: '請攜帶證件正本。',
};
/** What may be written in a field, on one line. */
export const exampleOfField = (field: UsualField): string => EXAMPLES[field] ?? '';

/** Text that YAML takes for what it says and nothing else. */
const scalar = (text: string): string =>
  /^[\p{L}\p{N}]/u.test(text) && !/: |:$| #|[\r\n\t]/.test(text) && !/^(?:true|false|null|yes|no|on|off)$/i.test(text)
    ? text
    : JSON.stringify(text);

/** A service file of the usual fields: what was answered, 待確認 where a field must be declared, an example in a comment else. */
export function usualService(answers: ReadonlyMap<string, string>): string {
  const lines = ['# 一項服務。「#」開頭的是說明，印不出來；還不知道的寫「待確認」。', ''];
  for (const key of USUAL) {
    const field = documented.service[key] as Field;
    const answer = answers.get(key);
    lines.push(`# ${field.doc.zh}${EXAMPLES[key] ? `，例如：${EXAMPLES[key]}` : ''}`);
    if (answer !== undefined) lines.push(`${chinese(key)}: ${scalar(answer)}`);
    else lines.push(DECLARED.has(key) ? `${chinese(key)}: 待確認` : `# ${chinese(key)}: …`);
  }
  return `${lines.join('\n')}\n`;
}

/** Another service, under its new name and with no id of its own. `path` tells the notation. */
export function serviceLike(path: string, text: string, title: string): string {
  const keys = (key: string): string => [key, ...(KEYS[key] ?? [])].join('|');
  const withoutId = text.replace(new RegExp(`^(?:${keys('id')}): .*\\n`, 'm'), '');
  const named = new RegExp(`^(?:${keys('name')}): .*$`, 'm');
  if (/\.md$/i.test(path) && /^# .*$/m.test(withoutId)) return withoutId.replace(/^# .*$/m, () => `# ${title}`);
  return named.test(withoutId)
    ? withoutId.replace(named, () => `${chinese('name')}: ${scalar(title)}`)
    : `${chinese('name')}: ${scalar(title)}\n${withoutId}`;
}
