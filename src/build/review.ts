// The yearly review of a content: read, judged on a day, and written as it was asked for.
import { isoDate } from '../content/schema/scalars.js';
import { placeOf } from '../core/source.js';
import { type Terminal, UserError } from '../core/terminal.js';
import { chineseNumber, dayIn, wordIn } from '../document/words.js';
import { burdenOf } from '../review/burden.js';
import { dueOn } from '../review/due.js';
import { asJson, asText, isDue, paperOf, type Review, type Wording } from '../review/report.js';
import { dayOn } from './case-notice.js';
import { type PaperFormat, paperFile } from './paper-file.js';
import { openProject } from './project.js';

export type ReviewFormat = 'json' | PaperFormat;

/** `today`: as days are written in content; that of the machine if omitted. `online`: whether links are asked. `lang`: of a paper. */
type Asked = {
  readonly content: string;
  readonly format: ReviewFormat;
  readonly today: string | undefined;
  readonly online: boolean;
  readonly paperLang: 'zh' | 'en';
};

/** The review written out, and whether something has to be done. */
export async function reviewed(
  { content, format, today, online, paperLang }: Asked,
  terminal: Pick<Terminal, 'cwd' | 'env' | 'root' | 'signal' | 'lang'>,
): Promise<{ made: string | Uint8Array; due: boolean }> {
  const { cwd, signal } = terminal;
  const { handbook } = await openProject({ folder: content, cwd }).read();
  const day = today === undefined ? dayOn(new Date()) : dayAsked(today);
  const review: Review = {
    title: handbook.book.title ?? '',
    today: day,
    due: dueOn(handbook, day),
    burden: burdenOf(handbook),
    ...(online ? { links: await linksOf(handbook, signal) } : {}),
  };
  const due = isDue(review);
  if (format === 'json') return { made: asJson(review), due };
  const { readTemplates } = await import('../theme/templates.js');
  const templates = await readTemplates(false);
  const lang = format === 'text' ? terminal.lang : paperLang;
  const told = wordIn(templates.words, { lang });
  const wording: Wording = {
    word: (key, ...values) => told(`review.${key}`, ...values),
    day: (iso) => dayIn(lang, iso),
    number: (n) => (lang === 'zh' ? chineseNumber(n) : String(n)),
    place: ({ source, start }) =>
      `${format === 'text' ? source.path : inContent(source.path)}:${placeOf(source, start).line}`,
  };
  if (format === 'text') return { made: asText(review, wording), due };
  const paper = {
    title: wording.word('title', review.title),
    blocks: paperOf(review, wording),
    foot: [wording.word('footer-before'), wording.word('footer-after')],
    lang,
    date: day,
  } as const;
  return { made: await paperFile(format, paper, templates, terminal), due };
}

/** A path within the content folder: on paper nobody follows more of it. */
const inContent = (path: string): string => /(?:services|chapters|translations)\/[^/]*$|[^/]*$/.exec(path)?.[0] ?? path;

async function linksOf(handbook: Parameters<typeof burdenOf>[0], signal: AbortSignal): Promise<Review['links']> {
  const { asker, deadLinks, linksIn } = await import('../review/links.js');
  return deadLinks(linksIn(handbook), asker(signal));
}

function dayAsked(written: string): string {
  const day = isoDate(written);
  if (day === undefined)
    throw new UserError({
      zh: `--today 寫的是「${written}」，應為日期，例如 116年1月1日 或 2027-01-01。`,
      en: `--today is "${written}"; expected a day such as 2027-01-01.`,
    });
  return day;
}
