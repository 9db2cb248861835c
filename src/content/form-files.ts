// Whether the PDF forms that a book lists can stand behind it: each is tried in a thread of its own, which is ended when
// that takes too long or too much, for whoever made the file may have meant harm.
import { readFileSync, statSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { digestOf } from '../core/cache.js';
import { whenSpent } from '../core/patience.js';
import { threadScript } from '../core/program-files.js';
import type { Say } from '../core/source.js';
import type { Content } from './read.js';
import type { Handbook } from './schema/model.js';
import { known } from './schema/schema.js';

/** How long the thread may take to begin, and for a form; in ms. */
const LOADING = 60_000;
const PATIENCE = 20_000;
/** MB of objects that a form may become. */
const MEMORY = 1024;
/** A form file is one document of an office: a larger one is a mistake (bytes). */
const LARGEST_FORM = 50 * 1024 * 1024;

/**
 * What is wrong with a form, as a sentence that goes on from its name; nothing, where it can be printed. `comments`: how
 * many comments of reviewers it holds, which are not printed.
 */
export type Verdict = { readonly say?: Say; readonly comments?: number };
/** Verdicts by what the files hold, as they were found before. */
export type Verdicts = { get(digest: string): Verdict | undefined; put(digest: string, verdict: Verdict): void };

const ENDLESS: Verdict = {
  say: {
    zh: `讀了 ${PATIENCE / 1000} 秒還讀不完，可能是損壞或惡意的檔案。請用原本的軟體重新輸出，或用 PDF 閱讀器開啟後「列印成 PDF」。`,
    en: `takes more than ${PATIENCE / 1000} seconds to be read; it may be damaged or made to harm. Make it anew with the program that made it, or print it to a PDF.`,
  },
};
const UNREADABLE: Verdict = {
  say: {
    zh: '讀不到：沒有權限，或不是一般的檔案。請重新複製一份到 forms/ 裡。',
    en: 'cannot be read: no permission, or no regular file. Copy it into forms/ again.',
  },
};
const LARGE: Verdict = {
  say: {
    zh: `超過 ${LARGEST_FORM / 1024 / 1024} MB，應在 ${LARGEST_FORM / 1024 / 1024} MB 以內。掃描的檔案請降低解析度，或分成幾份。`,
    en: `has more than ${LARGEST_FORM / 1024 / 1024} MB, which is the most. Scan it at a lower resolution, or split it.`,
  },
};
const EMPTY: Verdict = {
  say: { zh: '是空的檔案。請重新複製一份到 forms/ 裡。', en: 'is empty. Copy it into forms/ again.' },
};

/** The book, with what is wrong with the forms it lists. `before`: what was found before. */
export async function withFormsTried(book: Handbook, { forms = [] }: Content, before: Verdicts): Promise<Handbook> {
  const listed = new Set(pdfsListed(book));
  const verdicts = new Map<string, Verdict>();
  const fresh = new Map<string, { bytes: Uint8Array; names: string[] }>();
  for (const { name, file } of forms) {
    if (!listed.has(name)) continue;
    const bytes = readForm(file);
    if (!(bytes instanceof Uint8Array)) {
      verdicts.set(name, bytes);
      continue;
    }
    const digest = digestOf(bytes);
    const verdict = before.get(digest);
    if (verdict) verdicts.set(name, verdict);
    else fresh.set(digest, { bytes, names: [...(fresh.get(digest)?.names ?? []), name] });
  }
  const tried = fresh.size === 0 ? [] : await tryForms([...fresh.values()].map(({ bytes }) => bytes));
  for (const [i, [digest, { names }]] of [...fresh].entries()) {
    const verdict = tried[i] ?? ENDLESS;
    for (const name of names) verdicts.set(name, verdict);
    // Another machine, or the same with less to do, may find an end.
    if (verdict === ENDLESS) continue;
    before.put(digest, verdict);
  }
  const faults = [...verdicts].flatMap(([name, { say }]) => (say ? [[name, say] as const] : []));
  const commented = [...verdicts].flatMap(([name, { comments }]) => (comments ? [[name, comments] as const] : []));
  return {
    ...book,
    ...(faults.length > 0 ? { formFaults: new Map(faults) } : {}),
    ...(commented.length > 0 ? { formComments: new Map(commented) } : {}),
  };
}

/** The names of the PDF files that a book lists as its forms, as often as it does. */
export const pdfsListed = ({ book }: Handbook): string[] =>
  (known(book.forms) ?? []).flatMap(({ file }) => (file && /\.pdf$/i.test(file) ? [file] : []));

/** `file` is absolute. Never opens what has no end. */
export function readForm(file: string): Uint8Array | Verdict {
  try {
    const info = statSync(file);
    if (!info.isFile()) return UNREADABLE;
    if (info.size === 0) return EMPTY;
    return info.size > LARGEST_FORM ? LARGE : readFileSync(file);
  } catch {
    return UNREADABLE;
  }
}

/** The verdict on each in turn. A thread that had to be ended is followed by another. */
async function tryForms(all: readonly Uint8Array[]): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  while (verdicts.length < all.length) {
    verdicts.push(...(await tryInThread(all.slice(verdicts.length))));
    if (verdicts.length < all.length) verdicts.push(ENDLESS);
  }
  return verdicts;
}

/** The verdicts until the first form that takes too long or too much. */
function tryInThread(forms: readonly Uint8Array[]): Promise<Verdict[]> {
  return new Promise((resolve, reject) => {
    const verdicts: Verdict[] = [];
    let begun = false;
    const thread = new Worker(threadScript('pdf/try-form'), {
      // It needs nothing of the machine, and says nothing by itself.
      env: {},
      argv: [],
      execArgv: [],
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: MEMORY },
    });
    const end = (error?: unknown): void => {
      callOff();
      thread.removeAllListeners();
      thread.on('error', () => undefined);
      void thread.terminate();
      // A program that cannot begin is no fault of a form.
      if (error !== undefined && !begun) reject(error);
      else resolve(verdicts);
    };
    let callOff = whenSpent(LOADING, () => end(new Error('the thread that tries forms does not begin')));
    thread.on('message', (answer: Verdict | 'ready') => {
      callOff();
      if (answer === 'ready') begun = true;
      else verdicts.push(answer);
      const next = forms[verdicts.length];
      if (next === undefined) return end();
      thread.postMessage(next);
      callOff = whenSpent(PATIENCE, end);
    });
    thread.on('error', end);
    thread.on('exit', () => end(new Error('the thread that tries forms ended')));
  });
}
