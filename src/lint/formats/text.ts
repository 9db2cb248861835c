// The report for people at a terminal.
import { visible } from '../../core/terminal.js';
import { type Format, UNCHECKED } from '../report.js';
import { toldFindings } from '../told-findings.js';

export default {
  summary: { zh: '給人看的報告', en: 'a report for people' },
  print({ findings, unchecked }, lang, colour = false) {
    const colon = lang === 'zh' ? '：' : ': ';
    return [
      toldFindings(findings, lang, colour),
      unchecked.map((path) => `${visible(path)}${colon}${UNCHECKED[lang]}\n`).join(''),
    ]
      .filter(Boolean)
      .join('\n');
  },
} satisfies Format;
