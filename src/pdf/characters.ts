// Gives back to the text of a PDF the characters that were printed, where Chromium wrote down others that look the same.
import { PDFDict, type PDFDocument, PDFName, PDFRawStream, PDFRef } from '@cantoo/pdf-lib';
import { hasPredictor, latin1, unpacked } from './content-stream.js';
import { readMap } from './fonts.js';
import { flateStream } from './objects.js';

/**
 * Characters that fonts draw with one glyph, wrong one first: the radicals supplement (Unicode's
 * EquivalentUnifiedIdeograph.txt; the Kangxi radicals are in NFKC) and punctuation.
 */
const TWINS = new Map(
  (
    '⺂乛⺃乚⺅亻⺉刂⺋㔾⺎兀⺏尣⺒巳⺔彑⺖忄⺗㣺⺘扌⺙攵⺚无⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺨犭⺪疋⺫罒⺬示⺭礻⺯糹⺰纟⺱罓⺲罒' +
    '⺶羊⺷羊⺹耂⺺肀⺼月⺾艹⺿艹⻀艹⻂衤⻃覀⻄西⻅见⻆角⻈讠⻉贝⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠' +
    '⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻲亀⻳龟∕／〜～‒–…⋯•‧·‧‵｀'
  )
    .match(/../gu)
    ?.map((pair) => [...pair] as [string, string]),
);

/**
 * Where two characters share a glyph, Chromium writes down the lower one: 人 is found and copied as the radical ⼈, and
 * a search for 申請人 finds nothing. Puts back the one that stands in the text that was printed.
 */
export function restoreCharacters(pdf: PDFDocument, text: ReadonlySet<string>): void {
  const meant = (found: string): string =>
    text.has(found)
      ? found
      : ([found.normalize('NFKC'), TWINS.get(found)].find((twin) => twin && text.has(twin)) ?? found);
  const { context } = pdf;
  const done = new Set<unknown>();
  for (const [, object] of context.enumerateIndirectObjects()) {
    const ref = object instanceof PDFDict ? object.get(PDFName.of('ToUnicode')) : undefined;
    const stream = ref instanceof PDFRef ? context.lookup(ref) : undefined;
    if (!(ref instanceof PDFRef) || !(stream instanceof PDFRawStream) || done.has(ref)) continue;
    done.add(ref);
    // An appended form's map has its filter in an array (append-forms.ts); it is not Chromium's and stays as it is.
    if (stream.dict.get(PDFName.of('Filter')) !== PDFName.FlateDecode || hasPredictor(stream)) continue;
    const cmap = latin1(unpacked(stream));
    const pairs = [...readMap(cmap)];
    if (pairs.every(([, found]) => meant(found) === found)) continue;
    const hex = (found: string) => Buffer.from(found, 'utf16le').swap16().toString('hex').toUpperCase();
    const code = (glyph: number) => glyph.toString(16).toUpperCase().padStart(4, '0');
    const blocks: string[] = [];
    for (let i = 0; i < pairs.length; i += 100) {
      const lines = pairs.slice(i, i + 100).map(([glyph, found]) => `<${code(glyph)}> <${hex(meant(found))}>`);
      blocks.push(`${lines.length} beginbfchar\n${lines.join('\n')}\nendbfchar\n`);
    }
    const first = cmap.search(/\d+ beginbf(char|range)/);
    const last = cmap.lastIndexOf('endbf');
    const rest = cmap.slice(cmap.indexOf('\n', last) + 1);
    context.assign(ref, flateStream(context, cmap.slice(0, first) + blocks.join('') + rest));
  }
}
