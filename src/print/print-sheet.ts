// One sheet becomes one file: a page or a book as PDF, a drawing as a picture, a text as it is.
import { escapeText } from '../core/html.js';
import { UserError } from '../core/terminal.js';
import { drawingDeclaring, pngDeclaring } from '../document/declaration-in-file.js';
import { drawingHtml, type SvgElement, svgElement, svgOf } from '../document/drawing.js';
import { type File, isLong, type LaidOver, type Sheet } from '../document/sheet.js';
import { finishPdf } from '../pdf/finish.js';
import type { PreflightFault } from '../pdf/preflight/fault.js';
import { factsUnread } from '../pdf/preflight/preflight.js';
import { pagesWithEmptyBox } from '../pdf/printed.js';
import { facesCss, fontOf } from '../theme/fonts.js';
import { besides, changeFaults, textsOf, unprintable } from '../theme/hidden-facts.js';
import { type BrowserPages, isLoss, Lost } from './browser-pages.js';
import { fitPage } from './fit.js';
import { crowdedChanges, laidOverChanges, webOnPaper } from './laid-over.js';
import { clear, clearHeap, inPage, printPdf } from './page.js';
import { bound, type Paper, printBook, type Settlements } from './pagination.js';

/**
 * A printed file. `missing`: characters of it that no font of this machine has; they show as empty boxes. `faults`: what
 * the preflight finds in it, these among them.
 */
export type Printed = File & { missing?: readonly string[]; faults?: readonly PreflightFault[] };

type PageSheet = Extract<Sheet, { kind: 'page' }>;
type PictureSheet = Extract<Sheet, { kind: 'picture' }>;

/** One sheet becomes one file. Sheets may be printed side by side. */
export async function printSheet(pages: BrowserPages, sheet: Sheet, known?: Settlements): Promise<Printed> {
  const { laid } = sheet;
  if (!laid || sheet.kind === 'picture') return printKind(pages, sheet, known);
  const changes = changeFaults(await laidOverChanges(pages, sheet, laid), laid.by);
  try {
    const printed = await printKind(pages, sheet, known);
    const crowded =
      sheet.kind === 'text'
        ? await crowdedChanges(await webOnPaper(pages, sheet.text), () => webOnPaper(pages, laid.plain.toString()))
        : await crowdedChanges([printed.bytes], async () => [(await printPlain(pages, sheet, laid)).bytes]);
    changes.push(...changeFaults(crowded, laid.by));
    return { ...printed, faults: [...changes, ...(printed.faults ?? []).map((fault) => besides(fault, laid.by))] };
  } catch (error) {
    if (error instanceof UserError || error instanceof Lost || isLoss(error) || sheet.kind !== 'page') throw error;
    // A fault of ours is one without the office's files too.
    await printPlain(pages, sheet, laid);
    const faults = changes.length > 0 ? changes : [unprintable(laid.by)];
    return { file: sheet.file, bytes: new Uint8Array(), faults };
  }
}

/** The sheet as the program alone makes it; nothing of it is kept. */
function printPlain(pages: BrowserPages, sheet: PageSheet, { plain, stamp }: LaidOver): Promise<Printed> {
  const { appendix } = sheet;
  return printKind(pages, {
    ...sheet,
    html: plain,
    ...(appendix && stamp ? { appendix: { ...appendix, stamp } } : {}),
  });
}

async function printKind(pages: BrowserPages, sheet: Sheet, known?: Settlements): Promise<Printed> {
  switch (sheet.kind) {
    case 'text': {
      const { file, text, owes = [] } = sheet;
      const faults = owes.length === 0 ? [] : factsUnread(textsOf(text), owes);
      return { file, bytes: new TextEncoder().encode(text), ...(faults.length > 0 ? { faults } : {}) };
    }
    case 'page': {
      const printed = await pages.whileThere(printPage(pages, sheet, known));
      if (isLong(sheet)) clearHeap();
      return printed;
    }
    case 'picture':
      return pages.whileThere(printPicture(pages, sheet));
  }
}

async function printPage(pages: BrowserPages, sheet: PageSheet, known?: Settlements): Promise<Printed> {
  if (sheet.numbered) return printBookSheet(pages, sheet, known);
  const html = sheet.html.toString();
  const long = isLong(sheet);
  const paper = await pages.onPage(
    'print',
    html.length,
    async (page) => {
      await pages.show(page, html);
      const most = sheet.fit ? await fitPage(page, sheet.file, sheet.fit) : Number.POSITIVE_INFINITY;
      // Trying sizes leaves much behind, most where each of many boxes has its own.
      if (long || sheet.fit?.apart) await clear(page);
      const pdf = await printPdf(page);
      if (pdf.getPageCount() > most)
        throw new Error(`${sheet.file}: fits its boxes, but they take more than a page each`);
      return { pdf, ...(await inPage(page, 'seenOf')) };
    },
    long,
  );
  return finish(pages, sheet, html, paper);
}

/** A book, and behind it the forms, whose pages are numbered on. */
async function printBookSheet(pages: BrowserPages, sheet: PageSheet, known?: Settlements): Promise<Printed> {
  const { file, appendix } = sheet;
  const html = sheet.html.toString();
  const print = async (forms: number[]): Promise<Paper> => {
    const unbound = await pages.inTurn(html.length, async () => {
      const page = await pages.openSheet();
      const printing = printBook(page, { file, html, forms }, { known });
      return printing.finally(() => page.close().catch(() => undefined));
    });
    return bound(unbound);
  };
  if (!appendix || appendix.forms.length === 0) return finish(pages, sheet, html, await print([]));
  const { appendForms } = await import('../pdf/append-forms.js');
  const { pagesOfForms } = await import('../pdf/open-form.js');
  const forms = await Promise.all(appendix.forms.map((form) => pagesOfForms([form])));
  const sizes = forms.flat();
  const paper = await print(forms.map(({ length }) => length));
  const own = paper.pdf.getPageCount();
  const stamp = await pages.onPage('print', sizes.length * 1000, async (page) => {
    await pages.show(page, appendix.stamp.toString());
    await inPage(page, 'stampPages', sizes, own);
    return printPdf(page, { tagged: false });
  });
  await appendForms(paper.pdf, appendix.forms, { bookmark: appendix.bookmark, stamp });
  return finish(pages, sheet, `${html}${appendix.stamp}`, paper, own);
}

/**
 * Everything that is seen of the page on a screen must be seen on paper, besides what the sheet itself expects. What
 * stands behind the first `own` pages is other people's, and stays as it is.
 */
async function finish(
  pages: BrowserPages,
  sheet: PageSheet | PictureSheet,
  source: string,
  { pdf, shown, font }: Paper,
  own = Number.POSITIVE_INFINITY,
): Promise<Printed> {
  const { file, date, declares, expects = [] } = sheet;
  const owed = 'owes' in sheet ? (sheet.owes ?? []) : [];
  const expected = { texts: expects, shown, owed };
  const { bytes, faults: found } = await finishPdf(pdf, { file, date, source, declares, expected });
  const faults = found.filter((fault) => (fault.page ?? 0) <= own);
  const printed = { file, bytes, pages: pdf.getPageCount(), faults };
  if (!faults.some(({ rule }) => rule === 'missing-glyph')) return printed;
  return { ...printed, missing: await missingIn(pages, shown.join(''), font) };
}

/**
 * A character no font has prints as an empty box and nobody is told; in a name that is a fault. The PDF tells that
 * there is one, but not which: Chromium, having met it, stops looking for fonts for its neighbours too. So each
 * character of the text is then tried alone, on a page of its own.
 */
async function missingIn(pages: BrowserPages, text: string, font: string): Promise<string[]> {
  const characters = [...new Set(text)].filter((each) => !/[\s\p{Cc}\p{Cf}]/u.test(each)).sort();
  const trial = await pages.onPage('print', characters.length * 100, async (page) => {
    const trial = `<!doctype html><html lang="zh-Hant"><head><title>-</title><style>
@page{size:30mm 30mm;margin:5mm}body{margin:0;font-family:${escapeText(font).replaceAll('&quot;', "'")}}p{margin:0;break-after:page}
</style></head><body>${characters.map((each) => `<p>${escapeText(each)}</p>`).join('')}</body></html>`;
    await pages.show(page, trial);
    return printPdf(page);
  });
  const empty = pagesWithEmptyBox(trial);
  return characters.filter((_, index) => empty[index]);
}

async function printPicture(pages: BrowserPages, sheet: PictureSheet): Promise<Printed> {
  const { file, drawing, title } = sheet;
  if (sheet.format === 'svg')
    return { file, bytes: new TextEncoder().encode(`${drawingDeclaring(drawing.tree, sheet.declares)}\n`) };
  // px of white on each side.
  const margin = 16;
  const width = drawing.width + 2 * margin;
  const height = drawing.height + 2 * margin;
  const svg = drawingHtml(drawing).toString();
  const source = `<!doctype html><html lang="zh-Hant"><head><title>${escapeText(title)}</title><style>
@page{size:${width}px ${height}px;margin:0}
html,body{margin:0;background:#fff}
body{box-sizing:border-box;width:${width}px;height:${height}px;padding:${margin}px;overflow:hidden}
svg{display:block}
</style></head><body>${svg}</body></html>`;
  if (sheet.format === 'png') {
    // Chromium's canvas has no more than 65,535 pixels on a side and a quarter of a milliard in all.
    const density = Math.min(3, 65_535 / Math.max(width, height), Math.sqrt(250_000_000 / (width * height)));
    const drawn = await withFonts(pages, drawing.tree);
    const png = await pages.onPage('screen', svg.length, (page) =>
      inPage(page, 'pngOf', drawn, { width: drawing.width, height: drawing.height }, margin, density),
    );
    return { file, bytes: pngDeclaring(Buffer.from(png, 'base64'), sheet.declares) };
  }
  const paper = await pages.onPage('print', source.length, async (page) => {
    await pages.show(page, source);
    return { pdf: await printPdf(page), ...(await inPage(page, 'seenOf')) };
  });
  return finish(pages, sheet, source, paper);
}

/** A drawing that is to become a picture sees no font but those inside of it. */
async function withFonts(pages: BrowserPages, tree: SvgElement): Promise<string> {
  const svg = svgOf(tree);
  let css = '';
  for (const face of pages.faces) {
    if (!svg.includes(face.family) || ['600', '900'].includes(face.weight)) continue;
    const bytes = await fontOf(face);
    css += facesCss([face]).replace(
      /url\([^)]*\)/,
      `url(data:font/ttf;base64,${Buffer.from(bytes).toString('base64')})`,
    );
  }
  return css === '' ? svg : svgOf({ ...tree, children: [svgElement('style', {}, css), ...tree.children] });
}
