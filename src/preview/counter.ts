// The counter: what a clerk answers for one person becomes the answer and the notice of his case. It is kept in the memory
// of this program until the next person comes, and nowhere else.
import { randomBytes } from 'node:crypto';
import { type Found, jobFor, LONGEST_REASON, pdfOf, refuseFaulty } from '../build/case-notice.js';
import type { BuildRequest } from '../build/compile.js';
import type { Compilation, Project } from '../build/project.js';
import type { Reply } from '../content/answer/replayed.js';
import { known } from '../content/schema/schema.js';
import { LANGUAGES, type Language, plainOf, tagOf } from '../core/language.js';
import type { Lang, Say } from '../core/source.js';
import { UserError } from '../core/terminal.js';
import { type DocumentFound, inBookOrder } from '../document/context.js';
import type { Sheet } from '../document/sheet.js';
import { inLanguages, translatorOf } from '../document/translate.js';
import type { Printed } from '../print/print-sheet.js';
import { type Answer, json, type LocalPage, wordsOf } from './local-page.js';
import { type Case, toldCase } from './told-case.js';

export type CounterOptions = {
  project: Project;
  /** The notices, in Chinese. */
  request: BuildRequest;
  print: (sheet: Sheet) => Promise<Printed>;
  /** Language of the page as it opens. */
  lang: Lang;
  /** ISO day, asked for anew with every question. */
  today: () => string;
  /** The content cannot be read any more: it is told and the last that could be read stays. */
  failed: (error: unknown) => void;
};

/** A service as the page lists and finds it. */
export type ListedService = { id: string; name: string; summary: string; alias: string[] };

export class Counter {
  #compilation: Compilation;
  /** The notice that was printed last: another one, or the next person, takes its place. */
  #notice: { name: string; bytes: Uint8Array } | undefined;

  /** Use `openCounter`. */
  constructor(
    private readonly options: CounterOptions,
    compilation: Compilation,
  ) {
    this.#compilation = compilation;
  }

  /** Reads the content anew. Never rejects. */
  async refresh(): Promise<void> {
    try {
      this.#compilation = await this.options.project.refresh();
    } catch (error) {
      this.options.failed(error);
    }
  }

  /** The office and its services in one language, and the words of the page in it; and what languages there are. */
  opened(asked: unknown): object {
    const lang = this.#languageIn(asked);
    const { handbook: written, templates } = this.#compilation;
    const handbook = lang === 'zh' ? written : inLanguages(written, translatorOf(written, templates.words, { lang }));
    const services = inBookOrder(handbook);
    const names = new Map(written.services.map((each) => [each.id, each]));
    return {
      lang,
      tag: tagOf(lang),
      words: wordsOf('counter', templates, lang),
      office: plainOf(handbook.office.name ?? ''),
      languages: this.#languages().map((each) => ({ lang: each, name: nameOf(tagOf(each)) })),
      services: services.map(
        ({ id, name, summary }): ListedService => ({
          id,
          name: plainOf(name),
          summary: plainOf(summary ?? ''),
          // Found by its Chinese name in every language.
          alias: [names.get(id)?.name ?? '', ...(known(names.get(id)?.aliases) ?? [])],
        }),
      ),
    };
  }

  /** What holds for the person so far, and what to ask next. */
  told(asked: unknown): object {
    const { job, service, at } = this.#caseIn(asked);
    const { told } = at;
    const fault = faultOf(() => refuseFaulty(job, service), this.options.lang);
    return { ...told, ...(fault === undefined ? {} : { fault }) };
  }

  /** Prints the notice of the case and keeps it until it is fetched by the name that is answered. */
  async printed(asked: unknown): Promise<object> {
    const { job, service, at, lang, day } = this.#caseIn(asked);
    const [open] = at.replayed.answer.questions;
    if (open) throw refused({ zh: '還有問題沒有回答。', en: 'A question is still open.' });
    refuseFaulty(job, service);
    // The clerk reads Chinese whatever the citizen reads.
    const languages = lang === 'zh' ? { lang } : { lang: 'zh' as const, second: lang };
    const own = jobFor(job, service, at.replayed.person, day, foundIn(asked));
    const bytes = await pdfOf(own, { ...this.options.request, languages }, this.options.print);
    const name = randomBytes(12).toString('base64url');
    this.#notice = { name, bytes };
    return { file: `notice/${name}` };
  }

  /** The notice of that name, as long as it is there. */
  notice(name: string): Uint8Array | undefined {
    return this.#notice?.name === name ? this.#notice.bytes : undefined;
  }

  /** The next person comes. */
  forget(): object {
    this.#notice = undefined;
    return {};
  }

  /** Chinese, English, and what the content is translated into. */
  #languages(): Language[] {
    const own = new Set(this.#compilation.handbook.translations.map(({ language }) => language));
    return LANGUAGES.filter((each) => each === 'zh' || each === 'en' || own.has(each));
  }

  #languageIn(asked: unknown): Language {
    const { lang } = fieldsOf(asked);
    return this.#languages().find((each) => each === lang) ?? this.options.lang;
  }

  #caseIn(asked: unknown) {
    const fields = fieldsOf(asked);
    const { handbook } = this.#compilation;
    const service = handbook.services.find(({ id }) => id === fields.service);
    if (!service) throw refused({ zh: '沒有這項服務。', en: 'There is no such service.' });
    const lang = this.#languageIn(asked);
    const day = this.options.today();
    const job = { ...this.#compilation, selected: [] };
    const request: BuildRequest = { ...this.options.request, languages: { lang } };
    const at: Case = toldCase(job, request, service, repliesIn(fields.replies), day);
    return { job, service, at, lang, day };
  }
}

export async function openCounter(options: CounterOptions): Promise<Counter> {
  return new Counter(options, await options.project.refresh());
}

/** What the page of a counter may ask for. */
export const counterPage = (counter: Counter, files: Iterable<readonly [string, () => Answer]>): LocalPage => ({
  got: new Map(files),
  posted: new Map<string, NonNullable<ReturnType<NonNullable<LocalPage['posted']>['get']>>>([
    ['open', (asked) => json(counter.opened(asked))],
    ['told', (asked) => json(counter.told(asked))],
    ['print', async (asked) => json(await counter.printed(asked))],
    ['forget', () => json(counter.forget())],
  ]),
  below: {
    folder: 'notice',
    file: (name) => {
      const body = counter.notice(name);
      // The reader of PDFs is a page of the browser's own, and a policy would bind it.
      return body && { type: 'application/pdf', body, policy: 'none' };
    },
  },
});

/** A language in its own words. */
const nameOf = (tag: string): string => new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;

const refused = (say: Say): UserError => new UserError(say);

function faultOf(work: () => void, lang: Lang): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return error.say[lang];
    throw error;
  }
}

// ---------------------------------------------------------------- what the page sends

const fieldsOf = (asked: unknown): Readonly<Record<string, unknown>> =>
  typeof asked === 'object' && asked !== null ? (asked as Record<string, unknown>) : {};

const listIn = (value: unknown): readonly Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? value.map(fieldsOf) : [];

const repliesIn = (value: unknown): Reply[] =>
  listIn(value).map(({ key, value: said }) => ({ key: String(key), value: String(said) }));

/** 「found: [{ n: 0, brought: true }, { n: 1, missing: "未簽名" }]」. */
const foundIn = (asked: unknown): Found =>
  new Map(
    listIn(fieldsOf(asked).found).flatMap(({ n, missing }): [number, DocumentFound][] =>
      typeof n !== 'number'
        ? []
        : [[n, typeof missing === 'string' ? { missing: missing.slice(0, LONGEST_REASON) } : { brought: true }]],
    ),
  );
