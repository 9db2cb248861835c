// What is said of sheets that were asked about: for people, and for programs.

import type { Lang, Say } from '../core/source.js';
import { counted, visible } from '../core/terminal.js';
import type { RenderContext } from '../document/context.js';
import { changeText, type Verdict } from '../document/staleness.js';
import { dayIn } from '../document/words.js';
import type { Answer } from './stale.js';

type Print = (answers: readonly Answer[], context: RenderContext, lang: Lang) => string;

/** So many of the files that are not ours are named. */
const NAMED = 10;

export const asText: Print = (answers, context, lang) => {
  const zh = lang === 'zh';
  // What else lies in a folder is nobody's question: told once, and last.
  const others = answers.filter((answer) => answer.beside && 'foreign' in answer);
  const told = answers
    .filter((answer) => !others.includes(answer))
    .map((answer) => {
      const lines = 'foreign' in answer ? [answer.foreign[lang]] : linesOf(answer.verdict, context, lang);
      const [first, ...rest] = lines;
      return `${visible(answer.input)}${zh ? '：' : ': '}${visible(first ?? '')}\n${rest.map((line) => `  ${visible(line)}\n`).join('')}`;
    });
  if (others.length === 0) return told.join('');
  const first = others.slice(0, NAMED).map(({ input }) => visible(input));
  const names = [...first, ...(others.length > NAMED ? ['…'] : [])].join(zh ? '、' : ', ');
  return `${told.join('')}${
    zh
      ? `另有 ${others.length} 個檔案不是本程式編印的：${names}\n`
      : `Not made by this program: ${counted(others.length, 'file')}: ${names}\n`
  }`;
};

export const asJson: Print = (answers, _, lang) =>
  `${JSON.stringify(
    answers.map((answer) =>
      'foreign' in answer
        ? { input: answer.input, state: 'foreign', message: answer.foreign[lang] }
        : {
            input: answer.input,
            ...answer.verdict,
            changes: answer.verdict.changes.map((change) => ({ ...change, message: changeText(change)[lang] })),
          },
    ),
    null,
    2,
  )}\n`;

/** What the sheet is and whether it is current; below it what has changed, service by service where there are several. */
function linesOf(verdict: Verdict, context: RenderContext, lang: Lang): string[] {
  const zh = lang === 'zh';
  const { state, name, final, changes, revisions } = verdict;
  const several =
    new Set(changes.map(({ section }) => section)).size > 1 || changes.some(({ section }) => section !== name);
  return [
    ...stateLines(verdict, context, lang),
    ...changes.map((change) => {
      const section = several && change.section ? `${change.section}${zh ? '：' : ': '}` : '';
      return `${section}${changeText(change)[lang]}`;
    }),
    ...(state === 'current' ? [] : revisions).map((each) =>
      zh
        ? `修訂沿革：${dayOf(each.date, lang)}，${each.edition}，${each.change}`
        : `Revised ${dayOf(each.date, lang)}, ${each.edition}: ${each.change}`,
    ),
    ...(state === 'outdated' && changes.length === 0 && !final
      ? [
          zh
            ? '查驗碼只能看出內容已經不同；有當時的 PDF 檔，就能列出改了哪些。'
            : 'The code tells only that the content is another; the PDF of that time would tell what has changed.',
        ]
      : []),
  ];
}

function stateLines(verdict: Verdict, context: RenderContext, lang: Lang): string[] {
  const zh = lang === 'zh';
  const { state, id, office, edition, date, draft, final } = verdict;
  const { book } = context.handbook;
  const { sheet, today } = namesOf(verdict, context, lang);
  if (id === '')
    return [
      zh
        ? `不是現行的任何一份文件。${sheet}；現在的是${today}`
        : `none of the sheets of today has this code. ${sheet}; that of today is ${today}`,
    ];
  switch (state) {
    case 'elsewhere': {
      const own = context.handbook.office.name ?? '';
      return [
        zh
          ? `這是別的機關「${office}」的文件，不是「${own}」的：${sheet}`
          : `a sheet of another office, "${office}", not of "${own}": ${sheet}`,
      ];
    }
    case 'current': {
      const isOfToday = date === undefined || (date === context.date && (edition ?? book.edition) === book.edition);
      const unchanged = zh
        ? `內容沒有更動；現在的版次是${today}`
        : `Its content is unchanged; the edition of today is ${today}`;
      return [zh ? `現行。${sheet}` : `current. ${sheet}`, ...(isOfToday ? [] : [unchanged])];
    }
    case 'removed':
      return [
        zh
          ? `已過期。${sheet}；現在的內容裡沒有這項服務`
          : `outdated. ${sheet}; this service or chart is no longer there`,
      ];
    case 'outdated': {
      const sameEdition = date === context.date && edition === book.edition && draft === context.draft;
      const since: Say = sameEdition
        ? { zh: '版次相同，內容已改', en: 'the edition is the same, its content is another' }
        : { zh: `現在的是${today}`, en: `that of today is ${today}` };
      const toFinal = zh ? '這一張是草案，現在已有定稿' : 'This sheet is a draft; there is a final one now';
      return [zh ? `已過期。${sheet}；${since.zh}` : `outdated. ${sheet}; ${since.en}`, ...(final ? [toFinal] : [])];
    }
  }
}

/** The sheet and the edition of today, each with its date and whether it is a draft. */
function namesOf(
  { name, id, edition, date, draft }: Verdict,
  context: RenderContext,
  lang: Lang,
): { sheet: string; today: string } {
  const zh = lang === 'zh';
  const listed = (texts: readonly (string | undefined)[]): string => texts.filter(Boolean).join(zh ? '，' : ', ');
  const draftOf = (is: boolean): string => (is ? (zh ? '草案' : 'draft') : '');
  return {
    sheet: listed([name ?? id, edition, dayOf(date, lang), draftOf(draft)]),
    today: listed([context.handbook.book.edition, dayOf(context.date, lang), draftOf(context.draft)]),
  };
}

const dayOf = (iso: string | undefined, lang: Lang): string => (iso === undefined ? '' : dayIn(lang, iso));
