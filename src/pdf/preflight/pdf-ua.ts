// Whether anything speaks against PDF/UA (ISO 14289-1), and whether a file that claims to be it is.
import { PDFArray, PDFBool, PDFDict, type PDFDocument, PDFName, type PDFObject } from '@cantoo/pdf-lib';
import type { Say } from '../../core/source.js';
import { dictAt, dictOf, eachAt, listAt, nameAt, numberAt, valueAt } from '../objects.js';
import type { PageContent } from '../page-content.js';
import { type Element, ownersOf } from '../structure.js';
import type { PreflightFault } from './fault.js';
import { short, textOf, wordsAt } from './quoting.js';
import { xmpOf } from './whole-file.js';

/** ISO 32000-1, 14.8.4: the roles that every program knows. */
const ROLES = new Set(
  'Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP Figure Formula Form'.split(
    ' ',
  ),
);

/** ISO 32000-1, tables 336 and 337: what may stand right in a list or table; of others nothing is said. */
const KIDS = new Map([
  ['L', /^(Caption|LI|L)$/],
  ['LI', /^(Lbl|LBody)$/],
  ['Table', /^(Caption|TR|THead|TBody|TFoot)$/],
  ['THead', /^TR$/],
  ['TBody', /^TR$/],
  ['TFoot', /^TR$/],
  ['TR', /^(TH|TD)$/],
]);
const WITHIN = new Map([
  ['LI', /^L$/],
  ['LBody', /^LI$/],
  ['TR', /^(Table|THead|TBody|TFoot)$/],
  ['TH', /^TR$/],
  ['TD', /^TR$/],
]);

/** All that speaks against PDF/UA (ISO 14289-1), as far as a program can see: 7.1 to 7.5, 7.18, 7.21. */
export function obstacles(
  pdf: PDFDocument,
  contents: readonly PageContent[],
  elements: readonly Element[],
  [first]: readonly PreflightFault[],
): Say[] {
  const suspect = valueAt(dictAt(pdf.catalog, 'MarkInfo'), 'Suspects') === PDFBool.True;
  const owners = ownersOf(pdf);
  const against = [
    first && { zh: `有「${first.rule}」的問題`, en: `it has the fault ${first.rule}` },
    suspect ? { zh: '標籤標示為可疑（Suspects）', en: 'its tags are marked as suspects' } : undefined,
    looseContent(contents),
    ...wrongElements(elements),
    strayContent(pdf, contents, owners),
    strayNote(pdf, elements, owners),
  ];
  return against.filter((each) => each !== undefined);
}

function looseContent(contents: readonly PageContent[]): Say | undefined {
  const content = contents.find(({ loose }) => loose);
  if (!content) return undefined;
  const { page, runs } = content;
  const run = runs.find(({ spoken }) => spoken === 'untagged');
  if (!run) return { zh: `第 ${page} 頁有圖形沒有標籤`, en: `a drawing on page ${page} has no tag` };
  const text = short(textOf(run));
  return { zh: `第 ${page} 頁的「${text}」沒有標籤`, en: `"${text}" on page ${page} has no tag` };
}

/** One of each kind. */
function* wrongElements(elements: readonly Element[]): Generator<Say> {
  const unknown = elements.find(({ role }) => !ROLES.has(role));
  if (unknown) yield { zh: `標籤「${unknown.role}」不是標準標籤`, en: `the tag ${unknown.role} is not a standard one` };
  const misplaced = elements.find(
    ({ role, parent }) =>
      (parent && KIDS.get(parent.role)?.test(role) === false) || WITHIN.get(role)?.test(parent?.role ?? '') === false,
  );
  if (misplaced)
    yield {
      zh: `標籤「${misplaced.role}」不能放在「${misplaced.parent?.role ?? ''}」裡`,
      en: `the tag ${misplaced.role} may not stand in ${misplaced.parent?.role ?? 'the root'}`,
    };
  if (elements.some(({ role, dict }) => role === 'TH' && !hasAttribute(dict, 'Scope')))
    yield { zh: '有標題格沒有寫明是列還是欄（Scope）', en: 'a header cell does not say what it heads (Scope)' };
}

const hasAttribute = (element: PDFDict, name: string): boolean =>
  eachAt(element, 'A').some((one) => one instanceof PDFDict && one.has(PDFName.of(name)));

/** Content that says it has a tag, and no element knows it. */
function strayContent(
  pdf: PDFDocument,
  contents: readonly PageContent[],
  owners: ReadonlyMap<number, PDFObject>,
): Say | undefined {
  const index = pdf.getPages().findIndex(({ node }, i) => {
    const listed = pdf.context.lookup(owners.get(numberAt(node, 'StructParents') ?? -1));
    const pieces = [...(contents[i]?.words.keys() ?? [])];
    return pieces.some((piece) => !(listed instanceof PDFArray) || !(listed.lookup(piece) instanceof PDFDict));
  });
  if (index === -1) return undefined;
  return { zh: `第 ${index + 1} 頁有內容不在結構樹裡`, en: `content of page ${index + 1} is not in the tags` };
}

/** A note or field that no element of its kind knows, or that says nothing of itself. */
function strayNote(
  pdf: PDFDocument,
  elements: readonly Element[],
  owners: ReadonlyMap<number, PDFObject>,
): Say | undefined {
  const roles = new Map<unknown, string>(elements.map(({ dict, role }) => [dict, role]));
  for (const each of pdf.getPages().flatMap(({ node }) => listAt(node, 'Annots'))) {
    const note = dictOf(pdf.context.lookup(each));
    const kind = nameAt(note, 'Subtype');
    if (!note || kind === 'Popup') continue;
    const owner = pdf.context.lookup(owners.get(numberAt(note, 'StructParent') ?? -1));
    const role = kind === 'Link' ? 'Link' : kind === 'Widget' ? 'Form' : 'Annot';
    if (roles.get(owner) !== role)
      return { zh: `有註解（${kind}）不在結構樹裡`, en: `a note (${kind}) is not in the tags` };
    const ofField = kind === 'Widget' ? wordsAt(note, 'TU') || wordsAt(dictAt(note, 'Parent'), 'TU') : '';
    if (wordsAt(note, 'Contents') || ofField) continue;
    if (kind === 'Link') return { zh: '有連結沒有說明（Contents）', en: 'a link has no description (Contents)' };
    return { zh: `有註解（${kind}）沒有說明`, en: `a note (${kind}) has no description` };
  }
  return undefined;
}

/** Whoever claims PDF/UA is believed; so nothing may speak against it. */
export function* claimFaults(pdf: PDFDocument, against: readonly Say[]): Generator<PreflightFault> {
  if (against.length === 0 || !/pdfuaid:part\b/.test(xmpOf(pdf))) return;
  yield {
    rule: 'ua-claim',
    message: {
      zh: `檔案宣稱符合 PDF/UA，其實不符：${against.map(({ zh }) => zh).join('、')}。請改正，或拿掉 pdfuaid:part。`,
      en: `The file claims to be PDF/UA and is not: ${against.map(({ en }) => en).join(', ')}. Correct that, or remove pdfuaid:part.`,
    },
  };
}
