// Full-width letters, digits and signs read as half-width ones, at the same places: ０９１２－３４５ is 0912-345.

/** The text with every full-width sign of ASCII as its half-width one, and dashes as `-`; no place moves. */
export const narrow = (text: string): string =>
  /[０-９Ａ-Ｚａ-ｚ]/.test(text)
    ? text.replace(/[！-～　‐-―−]/g, (c) =>
        c === '\u3000' ? ' ' : c >= '！' && c <= '～' ? String.fromCharCode(c.charCodeAt(0) - 0xfee0) : '-',
      )
    : text;
