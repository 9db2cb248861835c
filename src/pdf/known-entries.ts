// What of other people's PDFs is let in: the entries that are known to be drawn, filled in or read out. Everything else is
// left behind.
import { PDFArray, PDFName, PDFNumber, type PDFObject, PDFStream } from '@cantoo/pdf-lib';
import { nameAt } from './objects.js';

const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

/**
 * Entries of what a page draws, of links, fields, layers and tags; ISO 32000. None of them leads to a file, an action or a
 * comment.
 */
const KNOWN = words(`
  Type Subtype S P K
  MediaBox CropBox BleedBox TrimBox ArtBox UserUnit Rotate Group StructParents StructParent Annots Resources Contents Tabs
  ExtGState ColorSpace Pattern Shading XObject Font ProcSet Properties
  Filter DecodeParms Columns Predictor Colors BitsPerComponent EarlyChange EndOfLine EncodedByteAlign Rows EndOfBlock
  BlackIs1 DamagedRowsBeforeError ColorTransform JBIG2Globals
  FormType BBox Matrix OC Name Width Height ImageMask Intent Mask Decode Interpolate SMask SMaskInData Matte CS I
  LW LC LJ ML D RI OP op OPM FL SM SA BM CA ca AIS TK G BC TR UseBlackPtComp
  PatternType PaintType TilingType XStep YStep ShadingType Background AntiAlias Domain Coords Extend Function
  BitsPerCoordinate BitsPerFlag VerticesPerRow FunctionType Range Size BitsPerSample Order Encode C0 C1 N Functions Bounds
  WhitePoint BlackPoint Gamma Alternate Colorants Process Components MixingHints Solidities PrintingOrder DotGain
  BaseFont FirstChar LastChar Widths FontDescriptor Encoding ToUnicode FontBBox FontMatrix CharProcs DescendantFonts
  CIDSystemInfo DW W DW2 W2 CIDToGIDMap Registry Ordering Supplement BaseEncoding Differences UseCMap CMapName WMode
  FontName FontFamily FontStretch FontWeight Flags ItalicAngle Ascent Descent Leading CapHeight XHeight StemV StemH
  AvgWidth MaxWidth MissingWidth FontFile FontFile2 FontFile3 CharSet Style Panose Lang FD CIDSet Length1 Length2 Length3
  MCID ActualText Alt E OCGs VE Event
  Rect M F AP AS R Border C T QuadPoints H L BS DS DA Q Dest A URI MK AC IX RI IF TP SW FB
  FT Parent Kids TU TM Ff V DV MaxLen Opt TI
  Pg ID ActualText Phoneme PhoneticAlphabet Stm StmOwn Obj NS RoleMapNS
  O Placement WritingMode BackgroundColor BorderColor BorderStyle BorderThickness Padding Color SpaceBefore SpaceAfter
  StartIndent EndIndent TextIndent TextAlign BlockAlign InlineAlign TBorderStyle TPadding BaselineShift LineHeight
  TextDecorationColor TextDecorationThickness TextDecorationType RubyAlign RubyPosition GlyphOrientationVertical
  ColumnCount ColumnGap ColumnWidths TextPosition ListNumbering ContinuedList ContinuedFrom RowSpan ColSpan Headers Scope
  Short Summary Role checked Checked Desc
`);
/** Resources, whose own entries are names that the file gives. */
const RESOURCES = words('ExtGState ColorSpace Pattern Shading XObject Font Properties');
const NAMED = words('CharProcs Colorants DotGain Solidities RoleMapNS');
/** Entries that lead to streams: what is drawn, fonts, functions, profiles. */
const STREAMS = words(`
  Contents Pattern Shading Function Functions TR SMask Mask G N R D IX RI I ColorSpace CS Alternate Colorants DotGain
  FontFile FontFile2 FontFile3 ToUnicode Encoding UseCMap CharProcs CIDToGIDMap CIDSet JBIG2Globals Stm Obj DecodeParms
  BC XObject
`);

/**
 * Where an object stands: the entry it was reached by, `a map` of such entries, or `a page`. What an entry of a
 * dictionary stands under; nothing for what is not let in.
 */
export function entryOf(name: string, value: PDFObject | undefined, within: string | undefined): string | undefined {
  if (within?.startsWith(MAP)) return within.slice(MAP.length);
  if (!KNOWN.has(name)) return undefined;
  // The flags of a note are a number; the same entry elsewhere is another file.
  if (/^(F|Size|Flags)$/.test(name) && !(value instanceof PDFNumber || value instanceof PDFArray)) return undefined;
  if (name === 'Contents') return within === A_PAGE ? name : 'a text';
  const states = within === 'AP' && /^[NRD]$/.test(name) && !(value instanceof PDFStream);
  return states || NAMED.has(name) || (RESOURCES.has(name) && isOfResources(within)) ? MAP + name : name;
}
const MAP = 'a map of ';
export const A_PAGE = 'a page';
const isOfResources = (within: string | undefined): boolean => within === 'Resources' || within === 'DR';
/** Of a form as a whole: the resources of these kinds. */
export const isResource = (name: string): boolean => RESOURCES.has(name);

/** Whether a stream that stands under this entry is let in. */
export function isDrawn({ dict }: PDFStream, under: string | undefined): boolean {
  if (under === undefined || !STREAMS.has(under)) return false;
  if (/^(EmbeddedFile|Metadata|Filespec|XRef|ObjStm)$/.test(nameAt(dict, 'Type'))) return false;
  if (under === 'XObject') return /^(Form|Image)$/.test(nameAt(dict, 'Subtype'));
  const [, needed] = TELLS.find(([entries]) => entries.test(under)) ?? [];
  return needed === undefined ? !/^(PS|XML)$/.test(nameAt(dict, 'Subtype')) : dict.has(PDFName.of(needed));
}

/** What a stream says of itself where it is what its place asks for. */
const TELLS: readonly (readonly [entries: RegExp, needed: string])[] = [
  [/^(N|R|D|IX|RI|I|G|Stm|Obj)$/, 'BBox'],
  [/^(SMask|Mask)$/, 'Width'],
  [/^Pattern$/, 'PatternType'],
  [/^Shading$/, 'ShadingType'],
  [/^(Functions?|TR)$/, 'FunctionType'],
  [/^UseCMap$/, 'CMapName'],
];
