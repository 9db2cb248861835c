// The rules explained: one for the terminal, all of them as the manual page.
import type { Root } from 'mdast';
import { excerptsOf } from '../content/parse.js';
import type { Content } from '../content/read.js';
import type { Lang, Say, Source } from '../core/source.js';
import { diagnose } from './engine.js';
import { HANDBOOK, RECORD } from './example-records.js';
import { CORPUS, MEASURED } from './measured.js';
import { type Example, isFixed, type Rule } from './rule.js';

/** The office and book around every example that does not bring its own, and a second service. */
export const AROUND: Readonly<Record<string, string>> = {
  'office.yaml': `名稱: 範例分署
單位: [執行一科, 秘書室, 服務台]
職稱: [書記官, 分署長]
當事人: [義務人, 申請人]
相關機關: [{名稱: 法務部行政執行署, 簡稱: 執行署, 電話: 00-0000-0001}]
地址: 範例市範例路1號
電話: 00-0000-0000
職務代理人: [{姓名: 書記官, 代理人: 同股書記官}]
服務標準: {引導時限: 5 分鐘, 臨櫃辦畢時限: 30 分鐘, 電話接聽時限: 10 秒, 最多洽辦次數: 2 次}
`,
  'handbook.yaml': HANDBOOK,
  'services/other.yaml': RECORD,
};

/** How each rule's first bad example is mended, in the words of its finding. */
export function hintsOf(rules: ReadonlyMap<string, Rule>, parseMarkdown: (text: string) => Root): Map<string, Say> {
  const hints = new Map<string, Say>();
  for (const [id, { bad }] of rules) {
    const [example] = bad;
    if (!example) continue;
    const found = diagnose(excerptsOf(contentOf(example), parseMarkdown), rules).find(({ rule }) => rule === id);
    if (found?.hint) hints.set(id, found.hint);
  }
  return hints;
}

function contentOf({ file = 'services/example.yaml', text, also }: Example): Content {
  const all = Object.entries({ ...AROUND, ...also, [file]: text });
  const below = (folder: string): Source[] =>
    all.filter(([path]) => path.startsWith(`${folder}/`)).map(([path, written]) => ({ path, text: written }));
  const one = (path: string): Source => ({ path, text: all.find(([each]) => each === path)?.[1] ?? '' });
  return {
    office: one('office.yaml'),
    book: one('handbook.yaml'),
    services: below('services'),
    chapters: below('chapters'),
    translations: below('translations'),
    formFiles: below('forms').map(({ path }) => path.slice('forms/'.length)),
    faults: [],
  };
}

const WORDS = {
  good: { zh: '正確的寫法', en: 'Good' },
  bad: { zh: '會被指出的寫法', en: 'Found' },
  error: { zh: '錯誤', en: 'error' },
  warn: { zh: '警告', en: 'warning' },
  off: { zh: '平常不檢查', en: 'off' },
  strict: { zh: '從嚴時為錯誤', en: 'error when strict' },
  'strict-warn': { zh: '從嚴時為警告', en: 'warning when strict' },
  mends: { zh: '可用 --fix 自動改正', en: 'fixed by --fix' },
  fixed: { zh: '不能關閉或略過', en: 'cannot be turned off' },
  guarded: { zh: '只能用命令列的 --off 關閉', en: 'turned off by --off on the command line alone' },
  mend: { zh: '怎麼改', en: 'How to fix' },
  here: { zh: '問題在', en: 'at' },
} as const satisfies Record<string, Say>;

/** 「警告，從嚴時為錯誤，可用 --fix 自動改正」. */
export function standing(rule: Rule, lang: Lang): string {
  return [
    WORDS[rule.severity][lang],
    rule.strict && WORDS[rule.strict === 'warn' ? 'strict-warn' : 'strict'][lang],
    rule.mends && WORDS.mends[lang],
    isFixed(rule) && WORDS.fixed[lang],
    rule.guarded && WORDS.guarded[lang],
  ]
    .filter(Boolean)
    .join(lang === 'zh' ? '，' : ', ');
}

/** One rule for the terminal. `hint`: how its first bad example would be mended, as lint says it. */
export function explained(id: string, rule: Rule, hint: Say | undefined, lang: Lang): string {
  const zh = lang === 'zh';
  const colon = zh ? '：' : ':';
  const example = ({ file, text, at }: Example): string =>
    `${[
      file && `  ${file}`,
      ...text
        .trimEnd()
        .split('\n')
        .map((line) => `    ${line}`),
    ]
      .filter(Boolean)
      .join('\n')}${at ? `\n  ${WORDS.here[lang]} ${zh ? `「${at}」` : `"${at}"`}` : ''}`;
  return [
    zh ? `${id}（${standing(rule, lang)}）` : `${id} (${standing(rule, lang)})`,
    rule.why[lang],
    ...(rule.bad[0] ? [`${WORDS.bad[lang]}${colon}\n${example(rule.bad[0])}`] : []),
    ...(rule.good[0] ? [`${WORDS.good[lang]}${colon}\n${example(rule.good[0])}`] : []),
    ...(hint ? [`${WORDS.mend[lang]}${zh ? '：' : ': '}${hint[lang]}`] : []),
    '',
  ].join('\n\n');
}

/** How often it speaks of regulations in force, and how often it is right. */
function measuredOf(id: string, lang: Lang): string {
  const { found, right, wrong } = MEASURED[id] ?? { found: 0, right: 0, wrong: 0 };
  const zh = lang === 'zh';
  if (found === 0) return zh ? '現行法規：沒有指出。' : 'Regulations in force: no finding.';
  const judged = right + wrong;
  if (zh) return `現行法規：指出 ${found} 處；逐一判讀 ${judged} 處，正確 ${right} 處，誤判 ${wrong} 處。`;
  return `Regulations in force: ${found} ${found === 1 ? 'finding' : 'findings'}; of ${judged} judged, ${right} right, ${wrong} wrong.`;
}

/** Every rule as a page of Markdown. */
export function rulesPage(rules: ReadonlyMap<string, Rule>, hints: ReadonlyMap<string, Say>, lang: Lang): string {
  const zh = lang === 'zh';
  const sorted = [...rules].sort(([a, one], [b, other]) =>
    one.severity === other.severity ? (a < b ? -1 : 1) : one.severity === 'error' ? -1 : 1,
  );
  const code = ({ file, text }: Example): string =>
    `\`\`\`${file?.endsWith('.md') ? 'markdown' : 'yaml'}\n${file ? `# ${file}\n` : ''}${text.trimEnd()}\n\`\`\``;
  return [
    zh ? '# 檢查規則' : '# Rules',
    zh
      ? '這一頁由 `servicebook rules --markdown --ui-lang zh` 產生，請勿手改。規則的等級可在 `handbook.yaml` 的「檢查規則」調整；單一例外在旁邊寫註解 `# 略過 規則名：理由`（Markdown 寫 `<!-- 略過 規則名：理由 -->`）。'
      : 'Made by `servicebook rules --markdown --ui-lang en`; do not edit. Levels are set under 檢查規則 (`rules`) in `handbook.yaml`; a single exception is a comment beside it: `# servicebook-ignore rule: reason`, in Markdown `<!-- servicebook-ignore rule: reason -->`.',
    zh
      ? `每條規則都對 ${CORPUS.regulations} 部現行法規（法務部全國法規資料，${CORPUS.date}，${CORPUS.sentences} 句）當作手冊的章試過，所以只談服務、機關資料的規則在那裡沒有東西可看；「判讀」是逐處看過的，每條規則隨機至多 20 處。`
      : `Every rule was tried on ${CORPUS.regulations} regulations in force (law data of the Ministry of Justice, ${CORPUS.date}, ${CORPUS.sentences} sentences), laid out as chapters, in which rules on services and offices have nothing to look at; of its findings up to 20, drawn at random, were judged one by one.`,
    zh ? '| 規則 | 等級 |\n| --- | --- |' : '| Rule | Level |\n| --- | --- |',
    sorted.map(([id, rule]) => `| [${id}](#${id}) | ${standing(rule, lang)} |`).join('\n'),
    ...sorted.map(([id, rule]) =>
      [
        `## ${id}`,
        `${standing(rule, lang)}${zh ? '。' : '.'} ${rule.why[lang]}`,
        ...(rule.bad[0] ? [`${WORDS.bad[lang]}${zh ? '：' : ':'}`, code(rule.bad[0])] : []),
        ...(rule.good[0] ? [`${WORDS.good[lang]}${zh ? '：' : ':'}`, code(rule.good[0])] : []),
        ...(hints.has(id) ? [`${WORDS.mend[lang]}${zh ? '：' : ': '}${hints.get(id)?.[lang]}`] : []),
        ...(rule.check || rule.whole ? [measuredOf(id, lang)] : []),
      ].join('\n\n'),
    ),
    '',
  ]
    .join('\n\n')
    .replace('| --- | --- |\n\n', '| --- | --- |\n');
}
