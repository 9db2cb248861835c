// A paper as ODT (ODF 1.3, CNS 15251): the government's format for files to be edited. LibreOffice is the reader it is made for.
import { archiveOf } from './archive.js';
import {
  type Block,
  type Look,
  type OfficeDocument,
  type Paragraph,
  type ParagraphStyle,
  type Table,
  xmlText,
} from './document.js';

const TYPE = 'application/vnd.oasis.opendocument.text';
const NAMES =
  'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"';
const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';

export function odtOf(document: OfficeDocument): Uint8Array {
  return archiveOf(
    {
      'META-INF/manifest.xml': manifest(),
      'meta.xml': `${HEAD}<office:document-meta ${NAMES}><office:meta><meta:generator>servicebook</meta:generator><dc:title>${xmlText(document.title)}</dc:title><dc:language>zh-TW</dc:language></office:meta></office:document-meta>`,
      'styles.xml': styles(document),
      'content.xml': content(document),
    },
    { mimetype: TYPE },
  );
}

const manifest = (): string =>
  `${HEAD}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">${[
    ['/', TYPE],
    ['content.xml', 'text/xml'],
    ['styles.xml', 'text/xml'],
    ['meta.xml', 'text/xml'],
  ]
    .map(([path, type]) => `<manifest:file-entry manifest:full-path="${path}" manifest:media-type="${type}"/>`)
    .join('')}</manifest:manifest>`;

const STYLES: readonly ParagraphStyle[] = ['title', 'heading', 'text', 'item', 'head'];

function styles({ look, foot }: OfficeDocument): string {
  const { font, sizes, leading, width, height, margin } = look;
  const text = (size: number, bold: boolean): string =>
    `<style:text-properties fo:font-size="${size}pt" style:font-size-asian="${size}pt"${bold ? ' fo:font-weight="bold" style:font-weight-asian="bold"' : ''}/>`;
  const paragraph = (style: ParagraphStyle): string =>
    `<style:style style:name="${style}" style:family="paragraph" style:parent-style-name="Standard"${style === 'heading' || style === 'title' ? ' style:default-outline-level="1"' : ''}><style:paragraph-properties fo:line-height="${Math.round(100 * leading)}%"${style === 'title' || style === 'head' ? ' fo:text-align="center"' : ''}${style === 'title' ? ' fo:margin-bottom="4mm"' : ''}${style === 'item' ? ' fo:margin-left="6mm" fo:text-indent="-6mm"' : ''}/>${text(sizes[style], style === 'title' || style === 'heading' || style === 'head')}</style:style>`;
  return `${HEAD}<office:document-styles ${NAMES}><office:font-face-decls><style:font-face style:name="body" svg:font-family="'${xmlText(font)}'"/></office:font-face-decls><office:styles><style:default-style style:family="paragraph"><style:paragraph-properties style:line-break="strict" style:punctuation-wrap="hanging" style:writing-mode="lr-tb"/><style:text-properties style:font-name="body" style:font-name-asian="body" fo:font-size="${sizes.text}pt" style:font-size-asian="${sizes.text}pt" fo:language="zh" fo:country="TW" style:language-asian="zh" style:country-asian="TW"/></style:default-style><style:style style:name="Standard" style:family="paragraph"/>${STYLES.map(paragraph).join('')}</office:styles><office:automatic-styles><style:page-layout style:name="page"><style:page-layout-properties fo:page-width="${width}mm" fo:page-height="${height}mm" style:print-orientation="${width > height ? 'landscape' : 'portrait'}" fo:margin-top="${margin[0]}mm" fo:margin-right="${margin[1]}mm" fo:margin-bottom="${margin[2]}mm" fo:margin-left="${margin[3]}mm"/><style:footer-style><style:header-footer-properties fo:min-height="6mm"/></style:footer-style></style:page-layout></office:automatic-styles><office:master-styles><style:master-page style:name="Standard" style:page-layout-name="page"><style:footer><text:p text:style-name="head">${xmlText(foot[0])}<text:page-number text:select-page="current"/>${xmlText(foot[1])}</text:p></style:footer></style:master-page></office:master-styles></office:document-styles>`;
}

function content({ blocks, look }: OfficeDocument): string {
  const tables = blocks.flatMap((block) => ('table' in block ? [block.table] : []));
  const widths = [...new Set(tables.flatMap((table) => columnsOf(table, look)))];
  const automatic = [
    '<style:style style:name="underlined" style:family="text"><style:text-properties style:text-underline-style="solid" style:text-underline-width="auto" style:text-underline-color="font-color"/></style:style>',
    '<style:style style:name="bold" style:family="text"><style:text-properties fo:font-weight="bold" style:font-weight-asian="bold"/></style:style>',
    '<style:style style:name="bold-underlined" style:family="text"><style:text-properties fo:font-weight="bold" style:font-weight-asian="bold" style:text-underline-style="solid" style:text-underline-width="auto" style:text-underline-color="font-color"/></style:style>',
    '<style:style style:name="new-page" style:family="paragraph" style:parent-style-name="text"><style:paragraph-properties fo:break-before="page"/></style:style>',
    `<style:style style:name="table" style:family="table"><style:table-properties style:width="${innerOf(look)}mm" table:align="margins" table:border-model="collapsing"/></style:style>`,
    '<style:style style:name="cell" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #000000" fo:padding="1.5mm" style:vertical-align="top"/></style:style>',
    ...widths.map(
      (width) =>
        `<style:style style:name="${columnNamed(width)}" style:family="table-column"><style:table-column-properties style:column-width="${width}mm"/></style:style>`,
    ),
  ];
  return `${HEAD}<office:document-content ${NAMES}><office:automatic-styles>${automatic.join('')}</office:automatic-styles><office:body><office:text>${blocks.map((block, i) => blockXml(block, i, look)).join('')}</office:text></office:body></office:document-content>`;
}

const innerOf = ({ width, margin }: Look): number => width - margin[1] - margin[3];
/** Widths of the columns in mm, to a tenth. */
const columnsOf = ({ widths }: Table, look: Look): number[] => {
  const all = widths.reduce((sum, each) => sum + each, 0);
  return widths.map((each) => Math.round((10 * innerOf(look) * each) / all) / 10);
};
const columnNamed = (width: number): string => `column-${String(width).replace('.', '-')}`;

function blockXml(block: Block, i: number, look: Look): string {
  if ('pageBreak' in block) return '<text:p text:style-name="new-page"/>';
  if ('paragraph' in block) return paragraphXml(block.paragraph);
  const { table } = block;
  const cell = (paragraphs: readonly Paragraph[]): string =>
    `<table:table-cell table:style-name="cell" office:value-type="string">${paragraphs.length === 0 ? '<text:p text:style-name="text"/>' : paragraphs.map(paragraphXml).join('')}</table:table-cell>`;
  const row = (cells: readonly (readonly Paragraph[])[]): string =>
    `<table:table-row>${cells.map(cell).join('')}</table:table-row>`;
  return `<table:table table:name="table-${i + 1}" table:style-name="table">${columnsOf(table, look)
    .map((width) => `<table:table-column table:style-name="${columnNamed(width)}"/>`)
    .join('')}<table:table-header-rows>${row(
    table.head.map((text): Paragraph[] => [{ style: 'head', runs: [{ text }] }]),
  )}</table:table-header-rows>${table.rows.map(row).join('')}</table:table><text:p text:style-name="text"/>`;
}

function paragraphXml({ style, runs }: Paragraph): string {
  const inner = runs
    .map(({ text, underlined, bold }) => {
      const named = bold ? (underlined ? 'bold-underlined' : 'bold') : underlined ? 'underlined' : undefined;
      // Several blanks are one in ODF unless each is said.
      const xml = xmlText(text).replace(/ {2,}/g, (blanks) => ` <text:s text:c="${blanks.length - 1}"/>`);
      return named === undefined ? xml : `<text:span text:style-name="${named}">${xml}</text:span>`;
    })
    .join('');
  const isHeading = style === 'title' || style === 'heading';
  return isHeading
    ? `<text:h text:style-name="${style}" text:outline-level="${style === 'title' ? 1 : 2}">${inner}</text:h>`
    : `<text:p text:style-name="${style}">${inner}</text:p>`;
}
