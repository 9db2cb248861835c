// What an office laid over the program's templates: whether a sheet shows the same facts with it as without.
import type { Page } from 'puppeteer';
import type { LaidOver, Sheet } from '../document/sheet.js';
import { type Change, changesIn, FORM_FOOT, legibleOf, type Seen, seenIn } from '../theme/hidden-facts.js';
import type { LaidText } from '../theme/laid-out.js';
import type { BrowserPages } from './browser-pages.js';
import { inPage } from './page.js';

/** How a sheet is looked at: on its paper; a page for the web on a screen, on a telephone and as somebody prints it. */
const VIEWS: Readonly<Record<'page' | 'text', readonly { medium?: 'print' | 'screen'; width?: number }[]>> = {
  page: [{}],
  text: [{ medium: 'screen', width: 1200 }, { width: 360 }, { medium: 'print', width: 800 }],
};

/** What is seen otherwise with the office's own files than without them. */
export async function laidOverChanges(
  pages: BrowserPages,
  sheet: Exclude<Sheet, { kind: 'picture' }>,
  { plain, facts }: LaidOver,
): Promise<Change[]> {
  const own = sheet.kind === 'page' ? sheet.html.toString() : sheet.text;
  const layouts = sheet.kind === 'page' ? ['', 'flows', ...(sheet.fit?.rather ?? []).map(({ named }) => named)] : [''];
  const read = async (page: Page, html: string): Promise<Seen[][]> => {
    await page.setContent(html, { timeout: 0 });
    const seen: Seen[][] = [];
    for (const { medium, width } of VIEWS[sheet.kind]) {
      if (medium) await page.emulateMediaType(medium);
      if (width) await page.setViewport({ width, height: 1000 });
      for (const layout of layouts) {
        await inPage(page, 'setLayout', layout, true);
        const texts = await inPage(page, 'textsOf');
        const legible = sheet.kind === 'text' ? await legibleOn(page, texts) : texts;
        seen.push(seenIn(legible, await inPage(page, 'barsOf'), await inPage(page, 'headsOf')));
        await inPage(page, 'setLayout', layout, false);
      }
    }
    return seen;
  };
  const [before, now] = await pages.whileThere(
    pages.onPage(
      sheet.kind === 'page' ? 'print' : 'screen',
      own.length,
      async (page) => [await read(page, plain.toString()), await read(page, own)] as const,
      // Its type is not rounded: nothing is printed on this page.
      true,
    ),
  );
  const changes = changesIn(before, now, facts);
  const appendix = sheet.kind === 'page' && sheet.appendix?.forms.length ? sheet.appendix : undefined;
  if (!appendix) return changes;
  const over = await pages.onPage('print', 1000, async (page) => {
    await page.setContent(appendix.stamp.toString(), { timeout: 0 });
    if (!(await page.$('.form-page'))) return false;
    await inPage(page, 'stampPages', [{ width: 595, height: 842 }], 0);
    return inPage(page, 'isOverForms', FORM_FOOT);
  });
  return over ? [...changes, { text: appendix.forms[0]?.title ?? '', why: 'form' }] : changes;
}

/** Of a page for the web, on which nothing is printed that could be measured. */
async function legibleOn(page: Page, texts: LaidText[]): Promise<LaidText[]> {
  const grounds = await inPage(page, 'groundsOf');
  const colours = [...new Set([...texts, ...grounds].map(({ colour }) => colour))];
  return legibleOf(texts, grounds, new Map(await inPage(page, 'coloursOf', colours)));
}
