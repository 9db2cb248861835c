// What was left to be filled in does not reach the reader.
import { RECORD } from '../example-records.js';
import type { Rule } from '../rule.js';
import { readingOf } from '../wording/zones.js';

const LEFT =
  /(?<![A-Za-z0-9_-])(?:TODO|TBD|TBC|FIXME|WIP)(?![A-Za-z0-9_-])|(?<![A-Za-z0-9Ｘ-])[XＸ]{3,}(?![A-Za-z0-9-])|[?？]{3,}|[（(【[](?:待填|待補|待定|請填|請補|未定|暫定)[^）)】\]]{0,12}[）)】\]]|(?<![一-鿿])(?:待填|待補|待補充|待查填|內容待補)(?![一-鿿])|[Ll]orem ipsum/g;

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: 'TODO、XXXX、（待補）是寫的人留給自己的；印出去，民眾看到的就是沒寫完的手冊。還不知道的寫「待確認」，程式會列管。',
    en: 'TODO, XXXX and the like are notes to oneself; printed, they show an unfinished book. What is not known is 待確認, which is kept track of.',
  },
  good: [
    { text: `# TODO 補上分機\n${RECORD}摘要: 格式如 A12-XXX、○○分署、AXXL 尺寸，地址待確認，註明「XXX 退件」字樣。\n` },
  ],
  bad: [
    { text: `${RECORD}摘要: 請洽 XXXX 辦理。\n`, at: 'XXXX' },
    { file: 'chapters/a.md', text: '---\n標題: 服務台\n---\n\nTODO：補上服務台的位置。\n', at: 'TODO' },
    { text: `${RECORD}注意事項: 受理地點（待補）。\n`, at: '（待補）' },
  ],
  check(handbook, report) {
    for (const source of handbook.sources)
      for (const { 0: written, index } of source.text.matchAll(LEFT)) {
        // A whole value of that kind is no value, which is told where one is missing.
        const line = source.text.slice(source.text.lastIndexOf('\n', index) + 1, index);
        const behind = source.text.slice(index + written.length).split('\n', 1)[0] ?? '';
        if (/[:：]\s*["']?$/.test(line) && /^["']?\s*[,}\]]?/.test(behind) && behind.replace(/["',}\]\s]/g, '') === '')
          continue;
        // What is to be written: 註明「XXX 報單退貨」字樣.
        if (/^[XＸ]/.test(written) && /^(?:[^「」\n]{0,12}」[ ]?等?字樣|字組)/.test(behind)) continue;
        if (!readingOf(source, handbook).isText(index)) continue;
        report({
          span: { source, start: index, end: index + written.length },
          message: { zh: `這裡還留著「${written}」。`, en: `"${written}" was left here.` },
          hint: { zh: '補上內容；還不知道的寫「待確認」。', en: 'Fill it in; what is not known yet is 待確認.' },
        });
      }
  },
} satisfies Rule;
