// A paper as DOCX (Office Open XML, ISO/IEC 29500 transitional), beside the ODT for who works with Word.
import { archiveOf } from './archive.js';
import {
  type Block,
  type Look,
  type OfficeDocument,
  type Paragraph,
  type ParagraphStyle,
  type Run,
  type Table,
  xmlText,
} from './document.js';

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';

export function docxOf(document: OfficeDocument): Uint8Array {
  return archiveOf({
    '[Content_Types].xml': `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${[
      ['word/document', 'wordprocessingml.document.main'],
      ['word/styles', 'wordprocessingml.styles'],
      ['word/footer', 'wordprocessingml.footer'],
    ]
      .map(
        ([name, type]) =>
          `<Override PartName="/${name}.xml" ContentType="application/vnd.openxmlformats-officedocument.${type}+xml"/>`,
      )
      .join(
        '',
      )}<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`,
    '_rels/.rels': relations([
      [`${OFFICE}/officeDocument`, 'word/document.xml'],
      [`${PACKAGE}/relationships/metadata/core-properties`, 'docProps/core.xml'],
    ]),
    'docProps/core.xml': `${HEAD}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${xmlText(document.title)}</dc:title><dc:creator>servicebook</dc:creator><dc:language>zh-TW</dc:language></cp:coreProperties>`,
    'word/_rels/document.xml.rels': relations([
      [`${OFFICE}/styles`, 'styles.xml'],
      [`${OFFICE}/footer`, 'footer.xml'],
    ]),
    'word/styles.xml': styles(document.look),
    'word/footer.xml': footer(document),
    'word/document.xml': body(document),
  });
}

const relations = (all: readonly (readonly [type: string, target: string])[]): string =>
  `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${all
    .map(([type, target], i) => `<Relationship Id="r${i + 1}" Type="${type}" Target="${target}"/>`)
    .join('')}</Relationships>`;

/** Twentieths of a point. */
const twips = (mm: number): number => Math.round((mm * 1440) / 25.4);

function styles({ font, sizes, leading }: Look): string {
  const fonts = `<w:rFonts w:ascii="${xmlText(font)}" w:hAnsi="${xmlText(font)}" w:eastAsia="${xmlText(font)}" w:cs="${xmlText(font)}"/>`;
  const sized = (size: number): string => `<w:sz w:val="${2 * size}"/><w:szCs w:val="${2 * size}"/>`;
  const style = (name: ParagraphStyle): string => {
    const isHeading = name === 'title' || name === 'heading';
    const spacing = `<w:spacing w:before="0" w:after="${name === 'title' ? 240 : 0}" w:line="${Math.round(240 * leading)}" w:lineRule="auto"/>`;
    const indent = name === 'item' ? `<w:ind w:left="${twips(6)}" w:hanging="${twips(6)}"/>` : '';
    const centred = name === 'title' || name === 'head' ? '<w:jc w:val="center"/>' : '';
    const outline = isHeading ? `<w:outlineLvl w:val="${name === 'title' ? 0 : 1}"/>` : '';
    const bold = isHeading || name === 'head' ? '<w:b/><w:bCs/>' : '';
    return `<w:style w:type="paragraph" w:customStyle="1" w:styleId="${name}"><w:name w:val="${name}"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>${spacing}${indent}${centred}${outline}</w:pPr><w:rPr>${bold}${sized(sizes[name])}</w:rPr></w:style>`;
  };
  return `${HEAD}<w:styles ${W}><w:docDefaults><w:rPrDefault><w:rPr>${fonts}${sized(sizes.text)}<w:lang w:val="en-US" w:eastAsia="zh-TW"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>${(['title', 'heading', 'text', 'item', 'head'] as const).map(style).join('')}</w:styles>`;
}

const footer = ({ foot }: OfficeDocument): string =>
  `${HEAD}<w:ftr ${W}><w:p><w:pPr><w:pStyle w:val="head"/></w:pPr>${runXml({ text: foot[0] })}<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>${runXml({ text: foot[1] })}</w:p></w:ftr>`;

function body({ blocks, look }: OfficeDocument): string {
  const { width, height, margin } = look;
  const [top, right, bottom, left] = margin.map(twips);
  return `${HEAD}<w:document ${W} ${R}><w:body>${blocks.map((block) => blockXml(block, look)).join('')}<w:sectPr><w:footerReference w:type="default" r:id="r2"/><w:pgSz w:w="${twips(width)}" w:h="${twips(height)}"${width > height ? ' w:orient="landscape"' : ''}/><w:pgMar w:top="${top}" w:right="${right}" w:bottom="${bottom}" w:left="${left}" w:header="${twips(10)}" w:footer="${twips(10)}" w:gutter="0"/></w:sectPr></w:body></w:document>`;
}

function blockXml(block: Block, look: Look): string {
  if ('pageBreak' in block) return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>';
  return 'paragraph' in block ? paragraphXml(block.paragraph) : tableXml(block.table, look);
}

function tableXml({ widths, head, rows }: Table, { width, margin }: Look): string {
  const inner = twips(width - margin[1] - margin[3]);
  const all = widths.reduce((sum, each) => sum + each, 0);
  const columns = widths.map((each) => Math.round((inner * each) / all));
  const side = (name: string): string => `<w:${name} w:val="single" w:sz="4" w:space="0" w:color="000000"/>`;
  const borders = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV'].map(side).join('');
  const row = (cells: readonly (readonly Paragraph[])[], isHead: boolean): string =>
    `<w:tr>${isHead ? '<w:trPr><w:tblHeader/></w:trPr>' : ''}${cells
      .map(
        (cell, i) =>
          `<w:tc><w:tcPr><w:tcW w:w="${columns[i]}" w:type="dxa"/></w:tcPr>${cell.length === 0 ? '<w:p/>' : cell.map(paragraphXml).join('')}</w:tc>`,
      )
      .join('')}</w:tr>`;
  const heads = head.map((text): Paragraph[] => [{ style: 'head', runs: [{ text }] }]);
  return `<w:tbl><w:tblPr><w:tblW w:w="${inner}" w:type="dxa"/><w:tblBorders>${borders}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>${columns.map((each) => `<w:gridCol w:w="${each}"/>`).join('')}</w:tblGrid>${row(heads, true)}${rows.map((cells) => row(cells, false)).join('')}</w:tbl><w:p/>`;
}

const paragraphXml = ({ style, runs }: Paragraph): string =>
  `<w:p><w:pPr><w:pStyle w:val="${style}"/></w:pPr>${runs.map(runXml).join('')}</w:p>`;

const runXml = ({ text, underlined, bold }: Run): string =>
  `<w:r>${underlined || bold ? `<w:rPr>${bold ? '<w:b/><w:bCs/>' : ''}${underlined ? '<w:u w:val="single"/>' : ''}</w:rPr>` : ''}<w:t xml:space="preserve">${xmlText(text)}</w:t></w:r>`;
