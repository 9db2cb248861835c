// What a reader's program sees in a PDF: words, page sizes, fonts, links, bookmarks.
import { PDFArray, PDFDict, PDFDocument, PDFName } from 'pdf-lib';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

export type Seen = {
  /** The words of each page, without spaces. */
  texts: string[];
  /** Width and height of each page in whole millimetres. */
  sizes: [number, number][];
  fonts: { name: string; kind: string; embedded: boolean; unicode: boolean }[];
  /** Links to places in the file: the page they stand on, the page they lead to (1-based), and their words. */
  links: { from: number; to: number; words: string }[];
  bookmarks: string[];
  title: string | undefined;
  lang: string | undefined;
  tagged: boolean;
};

export async function see(bytes: Uint8Array): Promise<Seen> {
  const file = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  const texts: string[] = [];
  const links: Seen['links'] = [];
  for (let n = 1; n <= file.numPages; n += 1) {
    const page = await file.getPage(n);
    const { items } = await page.getTextContent();
    const runs = items.flatMap((item) =>
      'str' in item ? [{ text: item.str, x: item.transform[4] as number, y: item.transform[5] as number }] : [],
    );
    texts.push(
      runs
        .map(({ text }) => text)
        .join('')
        .replace(/\s/g, ''),
    );
    for (const note of (await page.getAnnotations()) as { subtype: string; dest?: unknown; rect: number[] }[]) {
      if (note.subtype !== 'Link' || !note.dest) continue;
      const dest = (typeof note.dest === 'string' ? await file.getDestination(note.dest) : note.dest) as
        | { num: number; gen: number }[]
        | null;
      if (!dest?.[0]) continue;
      const [left = 0, bottom = 0, right = 0, top = 0] = note.rect;
      const inside = runs.filter(({ x, y }) => x >= left - 1 && x <= right + 1 && y >= bottom - 1 && y <= top + 1);
      links.push({
        from: n,
        to: (await file.getPageIndex(dest[0])) + 1,
        words: inside
          .map(({ text }) => text)
          .join('')
          .replace(/\s/g, ''),
      });
    }
  }
  const flat = (items: { title: string; items: unknown[] }[]): string[] =>
    items.flatMap(({ title, items: inner }) => [title, ...flat(inner as { title: string; items: unknown[] }[])]);
  const pdf = await PDFDocument.load(bytes, { updateMetadata: false });
  const lang = pdf.catalog.get(PDFName.of('Lang'))?.toString().replace(/[()]/g, '');
  return {
    texts,
    sizes: pdf
      .getPages()
      .map((page) => [Math.round((page.getWidth() / 72) * 25.4), Math.round((page.getHeight() / 72) * 25.4)]),
    fonts: fontsOf(pdf),
    links,
    bookmarks: flat((await file.getOutline()) ?? []),
    title: pdf.getTitle(),
    lang,
    tagged: pdf.catalog.has(PDFName.of('StructTreeRoot')),
  };
}

function fontsOf(pdf: PDFDocument): Seen['fonts'] {
  return pdf.context.enumerateIndirectObjects().flatMap(([, object]) => {
    if (!(object instanceof PDFDict) || object.get(PDFName.of('Type')) !== PDFName.of('Font')) return [];
    const kind = object.get(PDFName.of('Subtype'))?.toString() ?? '';
    if (kind.startsWith('/CIDFont')) return [];
    const inner = object.lookupMaybe(PDFName.of('DescendantFonts'), PDFArray)?.lookup(0, PDFDict);
    return [
      {
        name:
          object
            .get(PDFName.of('BaseFont'))
            ?.toString()
            .replace(/^\/[A-Z]{6}\+/, '') ?? '',
        kind: `${kind}${inner?.get(PDFName.of('Subtype')) ?? ''}`,
        embedded: inner?.lookup(PDFName.of('FontDescriptor'), PDFDict).has(PDFName.of('FontFile2')) ?? false,
        unicode: object.has(PDFName.of('ToUnicode')),
      },
    ];
  });
}
