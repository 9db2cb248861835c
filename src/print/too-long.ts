// Why a sheet is refused that does not fit, and what would help.

import type { Say } from '../core/source.js';
import { counted } from '../core/terminal.js';
import type { Fit, Overflow } from './in-page/fit.js';

export function tooLong(file: string, long: readonly Overflow[], { what, help }: Fit): Say {
  const names = long.map(({ name }) => name).filter((name) => name !== '');
  const lines = long.reduce((most, each) => Math.max(most, each.lines), Number.NEGATIVE_INFINITY);
  const longest = long.flatMap(({ blocks }) => blocks);
  const told: Say = {
    zh: longest.map(({ name, lines: high }) => `「${name}」約 ${high} 行`).join('、'),
    en: longest.map(({ name, lines: high }) => `"${name}" (about ${counted(high, 'line')})`).join(', '),
  };
  const whose: Say = {
    zh: what?.zh ?? `${names.map((name) => `「${name}」`).join('')}文字太多，放不進這張紙`,
    en: what?.en ?? `the text${names.length > 0 ? ` (${names.join(', ')})` : ''} is too long for its sheet`,
  };
  const much: Say =
    lines > 0
      ? { zh: `縮到最小字級仍多出約 ${lines} 行`, en: `even at the smallest size by about ${counted(lines, 'line')}` }
      : { zh: '縮到最小字級仍有一行太寬', en: 'even at the smallest size a line is too wide' };
  return {
    zh: `${file}：${whose.zh}，${much.zh}。${longest.length > 0 ? `最長的是${told.zh}。` : ''}${help?.zh ?? '請刪減文字、改用較大的紙張，或把較少人用到的內容移到手冊。'}`,
    en: `${file}: ${whose.en}, ${much.en}. ${longest.length > 0 ? `Longest: ${told.en}. ` : ''}${help?.en ?? 'Shorten it, choose a larger paper, or move what few readers need to the handbook.'}`,
  };
}
