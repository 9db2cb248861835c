// Whether charts given as Mermaid text can be drawn, before anything is printed: Mermaid itself reads them, in a thread
// of its own that is ended when a text takes too long, and what it refuses is said in our own words at its line.
import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { Fault } from '../core/diagnostic.js';
import { whenSpent } from '../core/patience.js';
import { mermaidScript, threadScript } from '../core/program-files.js';
import type { Say, Span } from '../core/source.js';
import { type Handbook, isAtHand } from './schema/model.js';
import { known } from './schema/schema.js';
import { placeIn, quote } from './schema/tree.js';
import type { Answer, Asked } from './try-charts.js';

/** How long Mermaid may take to be read itself, for a text, and for each after two of them took too long; in ms. */
const LOADING = 60_000;
const PATIENCE = 5_000;
const IMPATIENCE = 500;

/** What Mermaid answered about texts, by the text: who asks again and again keeps it. */
export type Answers = Map<string, Answer>;

/** The excerpts, with what is wrong with the charts in them that were given as Mermaid text. Most have none. */
export async function withChartsTried(
  excerpts: readonly Handbook[],
  answers: Answers = new Map(),
): Promise<readonly Handbook[]> {
  const charts = excerpts.map((excerpt) => chartsIn(excerpt));
  const texts = new Set(charts.flat().map(({ text }) => text));
  for (const [text, answer] of await answersOf([...texts].filter((text) => !answers.has(text))))
    answers.set(text, answer);
  return excerpts.map((excerpt, i) => {
    const faults = (charts[i] ?? []).flatMap(({ text, span }) => faultOf(text, span, answers.get(text)) ?? []);
    return faults.length === 0 ? excerpt : { ...excerpt, faults: [...excerpt.faults, ...faults] };
  });
}

function chartsIn(excerpt: Handbook): { text: string; span: Span }[] {
  const charts = isAtHand(excerpt, excerpt.book) ? (known(excerpt.book.charts) ?? []) : [];
  return [...excerpt.services, ...charts].flatMap(({ mermaid, at }) =>
    mermaid === undefined ? [] : [{ text: mermaid, span: at.mermaid ?? at.self }],
  );
}

// ---------------------------------------------------------------- asking

async function answersOf(texts: readonly string[]): Promise<Answers> {
  const answers: Answers = new Map();
  if (texts.length === 0) return answers;
  const asked = texts.filter((text) => {
    const picture = /<img\b|\b(?:img|icon)\s*:/i.test(text);
    if (picture) answers.set(text, { kind: 'settings', token: 'img' });
    return !picture;
  });
  let script: string | undefined;
  try {
    script = readFileSync(mermaidScript(), 'utf8');
  } catch {
    // Without Mermaid nothing is drawn either, and building says so.
    return answers;
  }
  let slow = 0;
  for (let done = 0; done < asked.length; ) {
    const some = asked.slice(done);
    const found = await answersOfThread(script, some, slow < 2 ? PATIENCE : IMPATIENCE);
    for (const [i, answer] of found.entries()) answers.set(some[i] ?? '', answer);
    done += found.length;
    const next = asked[done];
    if (next === undefined) break;
    answers.set(next, { kind: 'endless' });
    done += 1;
    slow += 1;
  }
  return answers;
}

/** The answers until the first text that takes too long. */
function answersOfThread(script: string, texts: readonly string[], patience: number): Promise<Answer[]> {
  return new Promise((resolve) => {
    const answers: Answer[] = [];
    const thread = new Worker(threadScript('content/try-charts'), {
      workerData: { script, texts: texts.map((text) => ({ text, plain: plainOf(text) })) } satisfies Asked,
      // It needs nothing of the machine, and says nothing by itself.
      env: {},
      argv: [],
      execArgv: [],
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: 512 },
    });
    const end = (): void => {
      callOff();
      thread.removeAllListeners();
      thread.on('error', () => undefined);
      void thread.terminate();
      resolve(answers);
    };
    let callOff = whenSpent(LOADING, end);
    thread.on('message', (answer: Answer | 'ready') => {
      if (answer !== 'ready') answers.push(answer);
      callOff();
      if (answers.length === texts.length) end();
      else callOff = whenSpent(patience, end);
    });
    thread.on('error', end);
    thread.on('exit', end);
  });
}

/**
 * A text without what Mermaid takes away before it reads: settings at its head, directives, comments. The lines stay, so
 * that the place of a fault is known.
 */
function plainOf(text: string): string {
  const blank = (part: string): string => part.replace(/[^\n]/g, '');
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/^-{3}\s*\n[\s\S]*?\n-{3}\s*(?=\n|$)/, blank)
    .replace(/^[ \t]*%%(?!\{)[^\n]*/gm, blank)
    .replace(/%%\{(?:(?!\}%%)[\s\S])*\}%%/g, blank);
}

// ---------------------------------------------------------------- saying

function faultOf(text: string, span: Span, answer: Answer | undefined): Fault | undefined {
  if (!answer || answer.kind === 'drawable') return undefined;
  const lines = text.split('\n');
  const number = answer.line === undefined ? undefined : lineOf(lines, answer.line, answer.written ?? '');
  const line = number === undefined ? '' : (lines[number - 1] ?? '');
  const before = lines.slice(0, (number ?? 1) - 1).reduce((sum, each) => sum + each.length + 1, 0);
  const indent = line.length - line.trimStart().length;
  const place =
    line.trim() === ''
      ? span
      : placeIn({ markdown: text, span }, before + indent, before + Math.max(indent + 1, line.trimEnd().length));
  return { rule: 'mermaid', span: place, ...wordsOf(answer, line.trim()) };
}

/** Mermaid names the line before where a line begins with what it stumbles over. */
function lineOf(lines: readonly string[], told: number, written: string): number {
  const line = Math.max(1, Math.min(told, lines.length));
  const has = (number: number): boolean => lines[number - 1]?.includes(written) === true;
  return written === '' || has(line) ? line : ([line + 1, line + 2].find(has) ?? line);
}

type Words = { message: Say; hint: Say };

const EXAMPLE: Say = {
  zh: '例如「flowchart TD」之下寫「  a[提出] --> b[審查]」；也可以刪去流程圖，改寫「申請程序」，由程式畫圖。',
  en: 'For example "  a[提出] --> b[審查]" below "flowchart TD"; or write a procedure (申請程序), and the chart is drawn from it.',
};
const DIVIDE: Say = {
  zh: '分成幾張圖，或改寫成「申請程序」。',
  en: 'Draw several charts, or write a procedure (申請程序).',
};

function wordsOf({ kind, token = '', expected = [] }: Answer, line: string): Words {
  const there = quote(line);
  if (kind === 'empty')
    return {
      message: {
        zh: '這張流程圖裡沒有任何步驟，印出來是空的。',
        en: 'This chart has no steps; it would be printed empty.',
      },
      hint: EXAMPLE,
    };
  if (kind === 'unknown')
    return {
      message: {
        zh: `流程圖的第一行應寫圖的種類，「${there}」不是 Mermaid 認得的種類。`,
        en: `A chart begins with its kind; "${there}" is none that Mermaid knows.`,
      },
      hint: EXAMPLE,
    };
  if (kind === 'endless')
    return {
      message: {
        zh: '這張流程圖太複雜，Mermaid 一直讀不完。',
        en: 'This chart is too complex: Mermaid does not come to an end with it.',
      },
      hint: DIVIDE,
    };
  if (kind === 'settings' && token === 'img')
    return {
      message: {
        zh: '這張流程圖含有圖片或圖示；Mermaid 圖只能用文字和圖形。',
        en: 'This chart holds a picture or an icon; a chart is made of text and shapes alone.',
      },
      hint: {
        zh: '移除圖片（img、icon），用文字說明，例如「a[提出]」。',
        en: 'Remove it and say it in words: "a[提出]".',
      },
    };
  if (kind === 'settings')
    return {
      message: {
        zh: '流程圖開頭「---」之間的設定寫法有誤。',
        en: 'The settings between the "---" at the head of this chart are malformed.',
      },
      hint: { zh: '刪去這段設定，例如直接從「flowchart TD」寫起。', en: 'Delete them and begin with "flowchart TD".' },
    };
  return wordsOfRefused(token, expected, line);
}

/** `token`: at what Mermaid stopped. `expected`: what could have stood there, in the names of its grammar. */
function wordsOfRefused(token: string, expected: readonly string[], line: string): Words {
  const there = quote(line);
  if (token === 'edges')
    return {
      message: { zh: '這張流程圖的線超過 500 條。', en: 'This chart has more than 500 lines between its steps.' },
      hint: DIVIDE,
    };
  if (/^end$/i.test(token.trim()) && !/^end\b/.test(line))
    return {
      message: {
        zh: `流程圖這一行把「end」當作步驟：「${there}」；小寫的 end 在 Mermaid 是「子圖結束」，不能當步驟的名字。`,
        en: `This line of the chart uses "end" as a step: "${there}"; in Mermaid a lower-case "end" closes a subgraph and cannot name a step.`,
      },
      hint: {
        zh: '換一個名字，例如「a[提出] --> z[結束]」。',
        en: 'Give it another name, as in "a[提出] --> z[結束]".',
      },
    };
  if (/^end$/i.test(token.trim()))
    return {
      message: {
        zh: `流程圖這一行多了「end」：「${there}」，前面沒有要結束的子圖（subgraph）。`,
        en: `There is an "end" too many in this line of the chart: "${there}"; no subgraph is open.`,
      },
      hint: {
        zh: '刪去這一行，或在前面加上「subgraph 名稱」。',
        en: 'Delete it, or open a subgraph before it ("subgraph name").',
      },
    };
  if (expected.some((each) => /^'(SQE|PE|DIAMOND_STOP|SUBROUTINEEND|STADIUMEND)'$/.test(each)))
    return {
      message: {
        zh: `流程圖這一行的步驟文字讀不懂：「${there}」；括號沒有成對，或文字裡有括號、引號。`,
        en: `The text of a step in this line of the chart cannot be read: "${there}"; a bracket is not closed, or the text holds brackets or quotes.`,
      },
      hint: {
        zh: '括號要成對；文字裡有括號時用雙引號括起來，例如「a["提出(書面)"]」。',
        en: 'Close every bracket, and quote texts that hold some: a["提出(書面)"].',
      },
    };
  if (line === '')
    return {
      message: {
        zh: '這張流程圖讀不懂，可能少了結尾（例如 subgraph 的 end）。',
        en: 'This chart cannot be read; perhaps its end is missing (the "end" of a subgraph).',
      },
      hint: EXAMPLE,
    };
  return {
    message: {
      zh: `流程圖這一行讀不懂：「${there}」。`,
      en: `This line of the chart cannot be read: "${there}".`,
    },
    hint: EXAMPLE,
  };
}
