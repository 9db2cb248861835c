// A link inside the book leads to a service or a chapter that exists.

import { idOf } from '../../core/html.js';
import { nearest } from '../../core/nearest.js';
import type { Rule } from '../rule.js';

const chapter = (link: string): string => `---\n標題: 服務台\n---\n\n見${link}。\n`;

export default {
  severity: 'error',
  why: {
    zh: '書內的連結指向不存在的服務或章節，按了沒有反應，印出來也沒有頁次。',
    en: 'A link to a service or chapter that does not exist leads nowhere and has no page number.',
  },
  good: [
    {
      file: 'chapters/guide.md',
      text: chapter('[檔案應用](#other)、[本章](#guide)、[法規](https://law.moj.gov.tw/#a)'),
    },
  ],
  bad: [
    { file: 'chapters/guide.md', text: chapter('[檔案應用](#othr)'), at: '#othr' },
    { file: 'chapters/guide.md', text: chapter('[申請](#no-such-service)'), at: '#no-such-service' },
  ],
  mentions: ({ embedded }) =>
    embedded.flatMap(({ kind, target, span }) =>
      kind === 'link' && target.startsWith('#') ? [{ word: target, span }] : [],
    ),
  whole({ entries, mentions }, report) {
    const ids = entries.map(({ id, kind }) => (kind === 'chapter' ? id.replace(/\.md$/i, '') : id));
    const there = new Set(ids);
    for (const { word: target, span } of mentions) {
      const id = idOf(target);
      if (there.has(id)) continue;
      const near = nearest(id, ids);
      const at = span.source.text.slice(span.start, span.end).lastIndexOf(target);
      const start = at === -1 ? span.start : span.start + at;
      report({
        span: { source: span.source, start, end: at === -1 ? span.end : start + target.length },
        message: {
          zh: `連結「${target}」沒有對應的服務或章節，應為服務編號或章節檔名。`,
          en: `The link "${target}" leads to no service or chapter; expected a service id or the name of a chapter file.`,
        },
        hint: near
          ? { zh: `是不是要寫「#${near}」？`, en: `Did you mean "#${near}"?` }
          : { zh: '寫成「#服務編號」，或改成網址。', en: 'Write "#service-id", or give a web address.' },
        ...(near && at !== -1
          ? { fix: { span: { source: span.source, start, end: start + target.length }, text: `#${near}` } }
          : {}),
      });
    }
  },
} satisfies Rule;
