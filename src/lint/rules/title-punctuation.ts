// Titles carry no mark at their end.

import { isAtHand } from '../../content/schema/model.js';
import { known } from '../../content/schema/schema.js';
import type { Span } from '../../core/source.js';
import { record } from '../example-records.js';
import type { Rule } from '../rule.js';
import { wordingsOf } from '../wording/scan.js';

const RECORD = record({ 名稱: undefined });
const MARK = /[，。；：、,;:]["']?$/;

export default {
  severity: 'warn',
  strict: 'error',
  mends: true,
  why: {
    zh: '標題力求簡單明確、一段完成，不加標點符號（公文撰作解析）；句號還會印進目錄。',
    en: 'A title is short and takes no punctuation at its end; a full stop would be printed in the contents, too.',
  },
  good: [
    { text: `名稱: 檔案應用（閱覽、抄錄）\n${RECORD}` },
    { file: 'chapters/a.md', text: '---\n標題: 服務台\n---\n\n## 怎樣申請？\n\n先取號。\n\n# 申請\n' },
  ],
  bad: [
    { text: `名稱: 檔案應用。\n${RECORD}`, at: '。' },
    { file: 'chapters/a.md', text: '---\n標題: 服務台\n---\n\n## 怎樣申請：\n\n先取號。\n', at: '：' },
    { file: 'chapters/a.md', text: '---\n標題: 服務台，\n---\n\n先取號。\n', at: '，' },
    {
      file: 'services/example.md',
      text: `---\n${RECORD}---\n\n# 檔案應用。\n`,
      at: '。',
    },
  ],
  check(handbook, report) {
    const ends = new Set<string>();
    const mark = (span: Span): void => {
      const place = `${span.source.path} ${span.start}`;
      if (ends.has(place)) return;
      ends.add(place);
      const written = span.source.text.slice(span.start, span.end);
      report({
        span,
        message: {
          zh: `標題以「${written}」結尾，標題後面應沒有標點。`,
          en: `The title ends with "${written}"; expected no mark at its end.`,
        },
        hint: { zh: `刪去「${written}」。`, en: `Delete "${written}".` },
        fix: { span, text: '' },
      });
    };
    /** The mark at the end of a title written at `span`. */
    const title = (text: string | undefined, span: Span | undefined): void => {
      const written = span?.source.text.slice(span.start, span.end).trimEnd();
      const found = written === undefined || !text ? null : MARK.exec(written);
      if (!span || !found || !MARK.test(text ?? '')) return;
      const start = span.start + found.index;
      mark({ source: span.source, start, end: start + 1 });
    };
    for (const { span } of wordingsOf(handbook).title) mark(span);
    const { book, services, chapters } = handbook;
    if (isAtHand(handbook, book)) {
      title(book.title, book.at.title);
      title(book.subtitle, book.at.subtitle);
      for (const group of [book.parts, book.categories, book.charts, book.forms] as const)
        for (const each of known(group as typeof book.parts) ?? [])
          for (const field of ['title', 'name'] as const)
            title((each as Record<string, unknown>)[field] as string | undefined, each.at[field]);
    }
    for (const service of services)
      for (const entry of [service, ...(known(service.variants) ?? [])]) title(entry.name, entry.at.name);
    for (const { title: text, source } of chapters) {
      const start = MARK.test(text) ? source.text.indexOf(text) : -1;
      if (start !== -1) title(text, { source, start, end: start + text.length });
    }
  },
} satisfies Rule;
