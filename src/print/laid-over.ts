// What an office laid over the program's templates: whether a sheet shows the same facts with it as without.
import type { Page } from 'puppeteer';
import type { LaidOver, Sheet } from '../document/sheet.js';
import type { Crowded } from '../pdf/crowding.js';
import { loadPdf } from '../pdf/finish.js';
import { readPagesInTurn } from '../pdf/read-pages.js';
import {
  type Change,
  changesIn,
  drawingChanges,
  FORM_FOOT,
  legibleOf,
  type Seen,
  seenIn,
} from '../theme/hidden-facts.js';
import type { Drawn, LaidText } from '../theme/laid-out.js';
import type { BrowserPages } from './browser-pages.js';
import { inPage } from './page.js';

type View = { medium?: 'print' | 'screen'; width?: number; dark?: true };
/**
 * How a sheet is looked at: on its paper; a page for the web on a wide screen, a narrow one and a telephone, between which
 * its layout changes, by day and by night, and as somebody prints it.
 */
const SCREENS: readonly View[] = [1200, 800, 360].map((width) => ({ medium: 'screen', width }));
const LIGHT: readonly View[] = [...SCREENS, { medium: 'print', width: 800 }];
const VIEWS: Readonly<Record<'page' | 'text', readonly View[]>> = {
  page: [{}],
  text: [...LIGHT, ...SCREENS.map((view): View => ({ ...view, dark: true }))],
};

/** Each of the two takes back the other: by night a page is on a screen, as it is by itself. */
async function look(page: Page, { medium, width, dark }: View): Promise<void> {
  if (dark) await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
  else if (medium) await page.emulateMediaType(medium);
  if (width) await page.setViewport({ width, height: 1000 });
}

/** What is seen otherwise with the office's own files than without them. */
export async function laidOverChanges(
  pages: BrowserPages,
  sheet: Exclude<Sheet, { kind: 'picture' }>,
  { plain, facts }: LaidOver,
): Promise<Change[]> {
  const own = sheet.kind === 'page' ? sheet.html.toString() : sheet.text;
  const layouts = sheet.kind === 'page' ? ['', 'flows', ...(sheet.fit?.rather ?? []).map(({ named }) => named)] : [''];
  const read = async (page: Page, html: string): Promise<{ seen: Seen[][]; drawn: Drawn[] }> => {
    await page.setContent(html, { timeout: 0 });
    const seen: Seen[][] = [];
    const drawn: Drawn[] = [];
    for (const view of VIEWS[sheet.kind]) {
      await look(page, view);
      for (const layout of layouts) {
        await inPage(page, 'setLayout', layout, true);
        const texts = await inPage(page, 'textsOf');
        const legible = sheet.kind === 'text' ? await legibleOn(page, texts) : texts;
        seen.push(seenIn(legible, await inPage(page, 'barsOf'), await inPage(page, 'headsOf')));
        await inPage(page, 'setLayout', layout, false);
      }
      drawn.push(...(await inPage(page, 'drawnOf')));
    }
    return { seen, drawn };
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
  const changes = [...changesIn(before.seen, now.seen, facts), ...drawingChanges(before.drawn, now.drawn)];
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

/**
 * What is crowded on paper with the office's own files, and not without them: text over other text, marks hard beside it.
 * Each is a PDF or more of the same sheet; `plain` is asked for where there is any.
 */
export async function crowdedChanges(
  own: readonly Uint8Array[],
  plain: () => Promise<readonly Uint8Array[]>,
): Promise<Change[]> {
  const found = await crowdedOn(own);
  if (found.length === 0) return [];
  const before = new Map<string, number>();
  for (const { why, key } of await crowdedOn(await plain()))
    before.set(`${why} ${key}`, (before.get(`${why} ${key}`) ?? 0) + 1);
  const changes = found.flatMap(({ why, key, text }): Change[] => {
    const left = before.get(`${why} ${key}`) ?? 0;
    before.set(`${why} ${key}`, left - 1);
    return left > 0 ? [] : [{ why, text }];
  });
  return [...new Map(changes.map((change) => [`${change.why} ${change.text}`, change])).values()];
}

async function crowdedOn(files: readonly Uint8Array[]): Promise<Crowded[]> {
  const found: Crowded[] = [];
  for (const bytes of files)
    for (const { crowded = [] } of await readPagesInTurn(await loadPdf(bytes), true)) found.push(...crowded);
  return found;
}

/** A page for the web as paper, in each of the ways in which it is looked at. */
export const webOnPaper = (pages: BrowserPages, html: string): Promise<Uint8Array[]> =>
  pages.whileThere(
    pages.onPage(
      'screen',
      html.length * LIGHT.length,
      async (page) => {
        await page.setContent(html, { timeout: 0 });
        const files: Uint8Array[] = [];
        for (const view of LIGHT) {
          await look(page, view);
          const size = { width: `${view.width}px`, height: `${LONG}px` };
          files.push(await page.pdf({ ...size, printBackground: true, tagged: false, outline: false, timeout: 0 }));
        }
        return files;
      },
      true,
    ),
  );
/** px of a page for the web that are read at a time. */
const LONG = 2000;

/** Of a page for the web, on which nothing is printed that could be measured. */
async function legibleOn(page: Page, texts: LaidText[]): Promise<LaidText[]> {
  const grounds = await inPage(page, 'groundsOf');
  const colours = [...new Set([...texts, ...grounds].map(({ colour }) => colour))];
  return legibleOf(texts, grounds, new Map(await inPage(page, 'coloursOf', colours)));
}
