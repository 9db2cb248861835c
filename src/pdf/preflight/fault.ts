// What a preflight finds, and how it is told.
import type { Lang, Say } from '../../core/source.js';
import { visible } from '../../core/terminal.js';

/**
 * What must be read in the file, whitespace and width of characters aside. `texts`: each as a whole. `shown`: every text
 * of the page that was printed; each character must be seen as often as it stands there. `owed`: facts, of which letters and
 * numbers must be read as a whole; `of` says what each is, and `beside` what must be read with it, no more than so many
 * letters away.
 */
export type Expected = {
  texts?: readonly string[];
  shown?: readonly string[];
  owed?: readonly {
    readonly alone?: true;
    readonly of: Say;
    readonly text: string;
    readonly beside?: { readonly text: string; readonly within: number };
  }[];
};

export type PreflightRule =
  | 'font-type'
  | 'font-embedded'
  | 'font-unicode'
  | 'missing-glyph'
  | 'text-missing'
  | 'fact-missing'
  | 'text-small'
  | 'text-outside'
  | 'text-cut'
  | 'text-unseen'
  | 'page-number'
  | 'dead-link'
  | 'link-address'
  | 'page-box'
  | 'tags-missing'
  | 'page-untagged'
  | 'tab-order'
  | 'figure-alt'
  | 'heading-level'
  | 'table-head'
  | 'title'
  | 'language'
  | 'metadata'
  | 'ua-claim'
  | 'file-size'
  | 'bookmarks';

/** What a file alone cannot tell: an office's own templates hide what the program's show, or move it elsewhere. */
export type OverrideRule = 'override-hides' | 'override-moves';

/**
 * `page` is 1-based; `text` is what stands there. `message`: what is there, what was expected, how to fix it. `advice`: a
 * warning, for a file that is right on paper and on a screen, and yet could be better.
 */
export type PreflightFault = {
  rule: PreflightRule | OverrideRule;
  advice?: true;
  page?: number;
  text?: string;
  message: Say;
};

/** One line each, and as the compilers do: file, page, rule. */
export const linesOf = (found: readonly (PreflightFault & { file: string })[], lang: Lang): string =>
  found
    .map(({ file, page, rule, advice, text, message }) => {
      const place = page === undefined ? visible(file) : `${visible(file)}:${page}`;
      const shown = text === undefined ? '' : lang === 'zh' ? `「${visible(text)}」` : ` "${visible(text)}"`;
      const warns = advice ? (lang === 'zh' ? '（提醒）' : ' (warning)') : '';
      return `${place}: ${rule}${warns}${shown}${lang === 'zh' ? '：' : ': '}${message[lang]}\n`;
    })
    .join('');
