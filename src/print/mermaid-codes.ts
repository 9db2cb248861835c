// The codes in the labels of a chart, which Mermaid does not handle well.

const NAMED: Readonly<Record<string, string>> = { quot: '"', lt: '<', gt: '>', amp: '&' };
/** What a code may stand for: only what is seen. */
const SEEN =
  /^(?:[!-~\u00A1-\u00AC\u00AE-\u00FF\u2010-\u2027\u2030-\u205E\u2070-\u27FF\u3000-\u303F]|\p{Script=Han})$/u;

/**
 * A chart without the codes in its labels, `#quot;` and `#9829;`: Mermaid measures and breaks some as they are written, and
 * leaves them so. In place of a sign that means something to it stands a letter that is not in the text; `signs` says
 * which.
 */
export function withoutCodes(mermaid: string): { mermaid: string; signs: Record<string, string> } {
  const signs: Record<string, string> = {};
  const standIns = new Map<string, string>();
  let next = 0x180;
  const standIn = (sign: string): string => {
    const known = standIns.get(sign);
    if (known !== undefined) return known;
    while (mermaid.includes(String.fromCharCode(next))) next += 1;
    const letter = String.fromCharCode(next);
    next += 1;
    standIns.set(sign, letter);
    signs[letter] = sign;
    return letter;
  };
  const text = mermaid.replace(/"[^"\n]*"/g, (label) =>
    label.replace(/#(quot|lt|gt|amp|\d{1,6});/g, (code, name: string) => {
      const sign = NAMED[name] ?? String.fromCodePoint(Number(name));
      if (!SEEN.test(sign)) return code;
      return /[A-Za-z0-9]|[^!-~]/.test(sign) ? sign : standIn(sign);
    }),
  );
  return { mermaid: text, signs };
}
