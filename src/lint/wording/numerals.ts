// Chinese numerals to Arabic ones and back, as dates and the articles of laws write them.

const DIGITS = '零一二三四五六七八九';
/** Characters a Chinese numeral is written with; 〇 and ○ are two ways to write zero. */
export const NUMERALS = '〇○零一二三四五六七八九十百千';

/** 一○五 → 105, 九十五 → 95. */
export function digitsOf(written: string): string {
  return /[十百千]/.test(written) ? String(countOf(written)) : [...written].map(digitOf).join('');
}

const digitOf = (c: string): number => DIGITS.indexOf(c.replace(/[〇○]/, '零'));

/** 三百二十一 → 321; below 萬. Of digits beside one another the last counts: 一二十 is at most 20. */
export function countOf(written: string): number {
  let sum = 0;
  let last = 0;
  for (const c of written) {
    const unit = { 十: 10, 百: 100, 千: 1000 }[c];
    if (unit) {
      sum += (last || 1) * unit;
      last = 0;
    } else last = digitOf(c);
  }
  return sum + last;
}

/** 98 → 九十八, 118 → 一百十八: as laws write it. */
export function chineseNumeral(n: number): string {
  const [thousands, hundreds, tens, ones] = [
    Math.floor(n / 1000),
    Math.floor(n / 100) % 10,
    Math.floor(n / 10) % 10,
    n % 10,
  ];
  const head = `${thousands ? `${DIGITS[thousands]}千` : ''}${hundreds ? `${DIGITS[hundreds]}百` : ''}`;
  const gap = (head !== '' && tens === 0 && ones > 0) || (thousands > 0 && hundreds === 0 && tens > 0) ? '零' : '';
  const ten = tens ? `${tens > 1 ? DIGITS[tens] : ''}十` : '';
  return `${head}${gap}${ten}${ones ? DIGITS[ones] : ''}`;
}
