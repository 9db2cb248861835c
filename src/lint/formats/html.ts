// One page for people without a terminal: findings file by file, with the line each stands in. No script, nothing from elsewhere.
import { eastAsianWidth } from 'get-east-asian-width';
import type { Diagnostic } from '../../core/diagnostic.js';
import { type Html, html, trusted } from '../../core/html.js';
import { type Lang, placeOf } from '../../core/source.js';
import { visible } from '../../core/terminal.js';
import { type Format, grouped, isMended, type Report, rangeOf, summaryOf, UNCHECKED } from '../report.js';

const STYLE = trusted(`
body { font: 16px/1.6 "Noto Sans TC", "Microsoft JhengHei", "PingFang TC", sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; background: #fff }
h1 { font-size: 1.5rem } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; padding-bottom: .25rem; border-bottom: 1px solid #bbb; overflow-wrap: anywhere }
ol { list-style: none; padding: 0 } li { margin: 0 0 1rem; padding: .5rem .75rem; border-left: .3rem solid #8a5a00; background: #fbf6ec }
li.error { border-color: #a4161a; background: #fcf0f0 } li.over { border-color: #777; background: #f3f3f3 }
.level { font-weight: bold; color: #6f4800 } .error .level { color: #a4161a } .over .level { color: #555 }
code, pre { font: 14px/1.5 "Noto Sans Mono CJK TC", Consolas, monospace } pre { margin: .4rem 0; overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere }
mark { background: #ffd54d; color: inherit; font-weight: bold } small { color: #555 } p { margin: .2rem 0 }
@media print { li { break-inside: avoid } }
`);
/** A longer line is cut around what is marked in it, in columns. */
const LONGEST = 160;

function excerptOf({ span: { source, start, end } }: Diagnostic): Html | undefined {
  const { lineStart, lineEnd } = placeOf(source, start);
  const line = source.text.slice(lineStart, lineEnd);
  if (line.trim() === '') return undefined;
  const from = Math.max(lineStart, start - LONGEST / 2);
  const marked = source.text.slice(start, Math.min(Math.max(end, start + 1), lineEnd));
  let columns = 0;
  let rest = '';
  for (const c of source.text.slice(start + marked.length, lineEnd)) {
    columns += eastAsianWidth(c.codePointAt(0) ?? 0);
    if (columns > LONGEST) break;
    rest += c;
  }
  return html`<pre>${visible(source.text.slice(from, start))}<mark>${visible(marked)}</mark>${visible(rest)}</pre>`;
}

const LEVEL = { error: { zh: '錯誤', en: 'error' }, warn: { zh: '警告', en: 'warning' } };

function itemOf(each: Diagnostic, report: Report, lang: Lang, over?: string): Html {
  const { line, column } = rangeOf(each.span);
  const zh = lang === 'zh';
  const kind = over !== undefined ? 'over' : each.severity === 'error' ? 'error' : 'warning';
  const level = over === undefined ? LEVEL[each.severity][lang] : zh ? '略過' : 'passed over';
  return html`<li class="${kind}"><p><span class="level">${level}</span> ${zh ? `第 ${line} 行第 ${column} 字` : `line ${line}, column ${column}`}
<small><code>${each.rule}</code>${isMended(each, report.rules) ? (zh ? '　--fix 可改' : ' · mended by --fix') : ''}</small></p>
<p>${visible(each.message[lang])}</p>${excerptOf(each)}${each.hint ? html`<p>→ ${visible(each.hint[lang])}</p>` : undefined}${over ? html`<p><small>${zh ? '理由：' : 'Reason: '}${visible(over)}</small></p>` : undefined}
<p><small>${visible(report.rules.get(each.rule)?.why[lang] ?? '')}</small></p></li>
`;
}

export default {
  summary: { zh: '一頁 HTML，給不用終端機的人', en: 'one page of HTML for people without a terminal' },
  print(report, lang) {
    const zh = lang === 'zh';
    const title = zh ? '為民服務內容檢查結果' : 'Lint of the service handbook';
    const found = grouped(report.findings, ({ span }) => span.source.path);
    const over = grouped(report.passedOver, ({ span }) => span.source.path);
    const paths = [...new Set([...found.keys(), ...over.keys(), ...report.unchecked])].sort();
    const sections = paths.map(
      (path) => html`<section><h2>${visible(path)}</h2>
${report.unchecked.includes(path) && html`<p><strong>${UNCHECKED[lang]}</strong></p>`}<ol>
${(found.get(path) ?? []).map((each) => itemOf(each, report, lang))}${(over.get(path) ?? []).map((each) => itemOf(each, report, lang, each.reason))}</ol></section>
`,
    );
    return html`<!doctype html>
<html lang="${zh ? 'zh-Hant-TW' : 'en'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>${title}</title><style>${STYLE}</style></head>
<body><main><h1>${title}</h1><p>${summaryOf(report)[lang]}</p>
${sections}${paths.length === 0 && html`<p>${zh ? '沒有問題。' : 'Nothing was found.'}</p>`}</main></body></html>
`.toString();
  },
} satisfies Format;
