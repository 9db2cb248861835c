// Sets the type of a sheet to the size at which it just fills its boxes.
import type { Page } from 'puppeteer';
import { UserError } from '../core/terminal.js';
import type { Fit, Overflow } from './in-page/fit.js';
import { clear, inPage } from './page.js';
import { tooLong } from './too-long.js';

/** Boxes that are fitted at a time where each has its own size: trying sizes leaves megabytes behind for each. */
const BATCH = 64;

/** Sets type to the size of its boxes. Says how many pages there may then be: one a box, or any where something flows on. */
export async function fitPage(page: Page, file: string, fit: Fit): Promise<number> {
  const boxes = await inPage(page, 'countBoxes');
  if (boxes === 0) throw new Error(`${file}: nothing has the class "fit"`);
  // A layout that is tried first is one for all of them.
  const batch = fit.apart && !fit.rather ? BATCH : boxes;
  let most = boxes;
  const tooMuch: Overflow[] = [];
  for (let from = 0; from < boxes; from += batch) {
    if (boxes > batch) {
      await inPage(page, 'showBoxes', from, from + batch);
      await clear(page);
    }
    const { flowing, long } = await inPage(page, 'fitBoxes', fit, [from, from + batch]);
    if (flowing) most = Number.POSITIVE_INFINITY;
    for (const each of long) tooMuch.push(each);
  }
  if (boxes > batch) await inPage(page, 'showBoxes', 0, boxes);
  if (fit.alike) await inPage(page, 'levelBoxes', fit.least);
  if (tooMuch.length > 0) throw new UserError(tooLong(file, tooMuch, fit), 1);
  return most;
}
