// What the page of a preview is answered: its state, each sheet as it is looked at, and as a PDF.
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pageScript } from '../core/program-files.js';
import type { BuildTemplates } from '../theme/templates.js';
import {
  filesOfPage,
  headersOf,
  json,
  type LocalPage,
  type Served,
  serveLocally,
  templateFile,
  type ServeOptions as Where,
  wordsOf,
} from './local-page.js';
import type { Preview } from './preview.js';

export type ServeOptions = Where & {
  /** With the page in `preview/`. */
  templates: BuildTemplates;
  /** One sheet as a PDF. Rejects with UserError for what cannot be printed. */
  print: (file: string) => Promise<Uint8Array | undefined>;
};

/** Empty, with the fonts; `preview/page.js` writes sheets into it. */
const FRAME =
  '<!doctype html><html lang="zh-Hant"><head><meta charset="utf-8"><title>-</title><link rel="stylesheet" href="fonts.css"><link rel="stylesheet" href="frame.css"></head><body></body></html>';

export async function serve(preview: Preview, options: ServeOptions): Promise<Served> {
  /** Who is told of every new edition. */
  const readers = new Set<ServerResponse>();
  const served = await serveLocally(pageOf(preview, options, readers), options);
  const unfollow = preview.follow((edition) => {
    for (const reader of readers) reader.write(`data: ${edition}\n\n`);
  });
  return {
    ...served,
    async close() {
      unfollow();
      await served.close();
    },
  };
}

/** Tells the edition that is shown, and every later one. */
const tellingEditions =
  (preview: Preview, readers: Set<ServerResponse>) =>
  (request: IncomingMessage, response: ServerResponse): void => {
    response.writeHead(200, { ...headersOf('sealed'), 'Content-Type': 'text/event-stream' });
    response.write(`data: ${preview.edition}\n\n`);
    if (request.method === 'HEAD') response.end();
    else readers.add(response);
    response.on('close', () => readers.delete(response));
  };

function pageOf(preview: Preview, { templates, lang, print }: ServeOptions, readers: Set<ServerResponse>): LocalPage {
  const words = wordsOf('preview', templates, lang);
  return {
    streams: new Map([['events', tellingEditions(preview, readers)]]),
    got: new Map<string, NonNullable<ReturnType<LocalPage['got']['get']>>>([
      ...filesOfPage('preview', templates, lang),
      ['fit.js', () => ({ type: 'text/javascript', body: readFileSync(pageScript('print/preview-fit')) })],
      ['frame', () => ({ type: 'text/html; charset=utf-8', body: FRAME, policy: 'frame' })],
      ['frame.css', () => ({ type: 'text/css', body: templateFile(templates, 'preview/frame.css') })],
      ['words', () => json({ words, papers: templates.papers })],
      ['state', () => json(preview.state)],
      [
        'sheet',
        (query) => {
          const shown = preview.sheet(query.get('file') ?? '');
          return shown && json(shown);
        },
      ],
      [
        'pdf',
        async (query) => {
          const body = await print(query.get('file') ?? '');
          // The reader of PDFs is a page of the browser's own, and a policy would bind it.
          return body && { type: 'application/pdf', body, policy: 'none' };
        },
      ],
    ]),
  };
}
