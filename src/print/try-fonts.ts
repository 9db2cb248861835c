// Whether the browser sets what is asked for: the fonts of the office, and 楷體.
import { basename } from 'node:path';
import type { Page } from 'puppeteer';
import { UserError } from '../core/terminal.js';
import type { ChartTheme } from '../theme/chart-theme.js';
import { FAMILIES } from '../theme/fonts.js';
import type { BrowserPages } from './browser-pages.js';
import { inPage } from './page.js';

/**
 * Throws UserError for a family that is asked for and not there, and for fonts of the office that the browser does not
 * take: it looks at a font more closely than we do.
 */
export async function tryFonts(pages: BrowserPages, { faces: own = [], kai }: ChartTheme): Promise<void> {
  if (own.length === 0 && kai === undefined) return;
  const style = `font-family: ${kai === undefined ? '' : `${kai},`} '${FAMILIES[0]}'`.replaceAll('"', "'");
  const { refused, set } = await pages.watched(0, async () => {
    const page = await pages.openSheet();
    await page.setContent(`<!doctype html><html><head></head><body><p style="${style}">國</p></body></html>`, {
      timeout: 0,
    });
    const refused = await inPage(
      page,
      'familiesRefused',
      own.map(({ family }) => family),
    );
    await inPage(page, 'fontsReady');
    const set = kai && (await familyOf(page, 'p'));
    await page.close();
    return { refused, set };
  });
  const files = [...new Set(own.flatMap(({ family, file }) => (refused.includes(family) ? basename(file) : [])))];
  if (files.length > 0)
    throw new UserError(
      {
        zh: `瀏覽器無法使用 fonts/ 裡的字型 ${files.join('、')}：字型檔已損壞。請換一份，或移開它。`,
        en: `The browser does not take ${files.join(', ')} in fonts/: the font is broken. Put another copy there, or take it away.`,
      },
      1,
    );
  if (set === FAMILIES[0])
    throw new UserError(
      {
        zh: `樣式選了楷體，但這台機器沒有楷體（${kai}）。請在這台機器安裝楷體（例如全字庫正楷體 TW-Kai；Linux 放進 ~/.local/share/fonts），或在樣式改選明體、黑體。內容資料夾的 fonts/ 只印隨附字型沒有的字。`,
        en: `The look asks for 楷體, and this machine has none of ${kai}. Install it (such as TW-Kai; on Linux in ~/.local/share/fonts), or choose 明體 or 黑體. What lies in fonts/ of the content folder prints only what the shipped fonts lack.`,
      },
      1,
    );
}

/** The family in which the browser sets an element. `document.fonts.check` says yes to any name. */
async function familyOf(page: Page, selector: string): Promise<string | undefined> {
  const session = await page.createCDPSession();
  await session.send('DOM.enable');
  await session.send('CSS.enable');
  const { root } = await session.send('DOM.getDocument');
  const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector });
  const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId });
  return fonts[0]?.familyName;
}
