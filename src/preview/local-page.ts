// A page for one reader on this machine: who may ask, and what is answered. What the page is of, others say.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { temporaryFolder } from '../core/cache.js';
import { escapeText, fill } from '../core/html.js';
import type { Lang } from '../core/source.js';
import { type Terminal, UserError } from '../core/terminal.js';
import type { BuildTemplates } from '../theme/templates.js';

export type Answer = { type: string; body: string | Uint8Array; policy?: keyof typeof POLICY | 'none'; lasting?: true };
type Answering<T> = (asked: T) => Answer | undefined | Promise<Answer | undefined>;

/** Everything that is answered: no other path leads to a file. */
export type LocalPage = {
  /** By path; what is asked stands in the query. */
  readonly got: ReadonlyMap<string, Answering<URLSearchParams>>;
  /** By path; what is asked is JSON in the body, and stands nowhere else. */
  readonly posted?: ReadonlyMap<string, Answering<unknown>>;
  /** Files that come and go, below a folder: `path` is what stands behind it. */
  readonly below?: { readonly folder: string; readonly file: Answering<string> };
  /** By path; told until the reader leaves. */
  readonly streams?: ReadonlyMap<string, (request: IncomingMessage, response: ServerResponse) => void>;
};

export type ServeOptions = {
  /** Language of what is refused. */
  lang: Lang;
  /** 0: any that is free. Left out: the usual one, or one of the next where it is taken. */
  port?: number | undefined;
};

export type Served = {
  /** The address of the page; who knows it may read what the preview shows. */
  url: string;
  /** An address that leads there once: what a browser is opened with may outlast the preview in its history. */
  onceUrl(): string;
  /** Ends all connections. */
  close(): Promise<void>;
};

/** Where the page usually is, and how many ports after it are tried. */
const PORT = 4664;
const TRIES = 20;

const require = createRequire(import.meta.url);

/** The fonts of the printer, so that a line breaks where it will on paper. */
const FONTS = [
  ['sans', 400, 'Regular'],
  ['sans', 500, 'Medium'],
  ['sans', 700, 'Bold'],
  ['serif', 400, 'Regular'],
  ['serif', 500, 'Medium'],
  ['serif', 700, 'Bold'],
] as const;
const FONTS_CSS = FONTS.map(
  ([kind, weight]) =>
    `@font-face{font-family:"Noto ${kind === 'sans' ? 'Sans' : 'Serif'} TC";font-weight:${weight};src:url("fonts/${kind}-${weight}.ttf")}`,
).join('\n');

/**
 * The page runs our script and nothing else. A sheet is shown in a frame that runs nothing at all and loads nothing but
 * fonts; the page writes the sheet into it. What is no page is sealed, should somebody open it as one.
 */
const POLICY = {
  page: "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  frame:
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src data:; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin",
  sealed: "default-src 'none'; frame-ancestors 'none'; sandbox",
};
/** A question is short: a body of more bytes is none. */
const LONGEST_BODY = 65_536;

/** What answering needs to know. */
type Serving = {
  page: LocalPage;
  /** In the address of the page; who knows it may read. */
  token: string;
  /** In addresses that lead to the page once. */
  keys: Set<string>;
  /** The names this machine has for itself. */
  hosts: readonly string[];
};

export async function serveLocally(page: LocalPage, options: ServeOptions): Promise<Served> {
  const hosts: string[] = [];
  const serving: Serving = { page, token: randomBytes(18).toString('base64url'), keys: new Set(), hosts };
  const server = createServer((request, response) => {
    void answer(request, response, serving).catch((error: unknown) => {
      const said = error instanceof UserError ? error.say[options.lang] : String(error);
      if (response.headersSent) response.destroy();
      else refuse(response, error instanceof UserError ? 422 : 500, said);
    });
  });
  const port = await listen(server, options.port);
  hosts.push(`127.0.0.1:${port}`, `localhost:${port}`);
  const base = `http://127.0.0.1:${port}`;
  return {
    url: `${base}/${serving.token}/`,
    onceUrl() {
      const key = randomBytes(18).toString('base64url');
      serving.keys.add(key);
      return `${base}/${key}`;
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, serving: Serving): Promise<void> {
  const { token, keys, page } = serving;
  const address = addressIn(request.url, request.headers.host);
  const [, key = '', ...rest] = address?.pathname.split('/') ?? [];
  // The page that leads here lies in a file, which is another site to a browser; whoever knows the key has read it.
  const leads = rest.length === 0 && keys.has(key) && request.headers['sec-fetch-mode'] === 'navigate';
  const stranger = strangerIn(request, serving.hosts, leads);
  if (stranger !== undefined) return refuse(response, 403, stranger);
  const posted = request.method === 'POST' ? page.posted?.get(rest.join('/')) : undefined;
  if (request.method !== 'GET' && request.method !== 'HEAD' && posted === undefined) {
    response.setHeader('Allow', 'GET, HEAD');
    return refuse(response, 405, 'Only GET and HEAD.');
  }
  if (address === undefined || (key === '' && rest.length > 0)) return refuse(response, 404, 'Not here.');
  if (request.method === 'GET' && rest.length === 0 && keys.delete(key)) {
    // Led on by a page and not by a redirect, which would still come from another site.
    response.writeHead(200, { ...headersOf('page'), 'Content-Type': 'text/html; charset=utf-8' });
    response.end(leadingTo(`/${token}/`));
    return;
  }
  if (key !== token) return refuse(response, 403, 'Open the address that servicebook printed.');
  if (posted !== undefined) return take(request, response, posted);
  if (rest.length === 0) {
    response.writeHead(302, { ...HEADERS, Location: `/${token}/` }).end();
    return;
  }
  return show(request, response, page, rest, address.searchParams);
}

/** What stands below the page. */
async function show(
  request: IncomingMessage,
  response: ServerResponse,
  { got, streams, below }: LocalPage,
  rest: readonly string[],
  query: URLSearchParams,
): Promise<void> {
  const path = rest.join('/');
  const stream = streams?.get(path);
  if (stream) return stream(request, response);
  const [folder, file = '', ...deeper] = rest;
  const isBelow = below !== undefined && folder === below.folder && deeper.length === 0;
  const found = isBelow ? await below.file(file) : await got.get(path)?.(query);
  if (found) send(request, response, found);
  else refuse(response, 404, 'Not here.');
}

/** What is sent in a body. That it is called JSON is what no page of another site can do unasked. */
async function take(request: IncomingMessage, response: ServerResponse, posted: Answering<unknown>): Promise<void> {
  if (!/^application\/json(?:;|$)/.test(request.headers['content-type'] ?? ''))
    return refuse(response, 415, 'Only JSON.');
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > LONGEST_BODY) return refuse(response, 413, 'Too long.');
    chunks.push(chunk);
  }
  let asked: unknown;
  try {
    asked = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return refuse(response, 400, 'No JSON.');
  }
  const found = await posted(asked);
  if (found) send(request, response, found);
  else refuse(response, 404, 'Not here.');
}

/** Why a request is none of the reader's own; `undefined` where it may be. `leads`: it comes with a key, by hand. */
function strangerIn({ headers }: IncomingMessage, hosts: readonly string[], leads: boolean): string | undefined {
  const { host, origin } = headers;
  const site = headers['sec-fetch-site'];
  // A name of somebody else's that leads to this machine, or a page of another site that asks in the reader's browser.
  if (host === undefined || !hosts.includes(host)) return 'Not for this host.';
  if (site !== undefined && site !== 'same-origin' && site !== 'none' && !leads) return 'Not for other sites.';
  return origin !== undefined && origin !== `http://${host}` ? 'Not for other sites.' : undefined;
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  { type, body, policy = 'sealed', lasting }: Answer,
): void {
  response.writeHead(200, {
    ...headersOf(policy),
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(body),
    ...(lasting ? { 'Cache-Control': 'private, max-age=31536000, immutable' } : {}),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** What a request asks for; `undefined` where it is no path, such as `//` or `http://elsewhere/`. */
function addressIn(asked: string | undefined, host: string | undefined): URL | undefined {
  try {
    return asked?.startsWith('/') ? new URL(`http://${host}${asked}`) : undefined;
  } catch {
    return undefined;
  }
}

/** A page that leads to an address at once and hides where it came from. */
const leadingTo = (address: string): string =>
  `<!doctype html><html lang="zh-Hant"><head><meta charset="utf-8"><meta name="referrer" content="no-referrer"><meta http-equiv="refresh" content="0; url=${escapeText(address)}"><title>servicebook</title></head><body><p><a href="${escapeText(address)}">servicebook</a></p></body></html>\n`;

/**
 * A file that leads to an address, for this user alone: what a program is started with can be read by everybody on this
 * machine. `remove` takes it away.
 */
export async function leadingFile(
  address: string,
  name: string,
  env: Terminal['env'],
): Promise<{ path: string; remove(): Promise<void> }> {
  // Of mode 0700, and of a name that nobody could have laid there before.
  const folder = await mkdtemp(join(temporaryFolder(env), `servicebook-${name}-`));
  const path = join(folder, `${name}.html`);
  await writeFile(path, leadingTo(address), { mode: 0o600, flag: 'wx' });
  return { path, remove: () => rm(folder, { recursive: true, force: true }) };
}

const HEADERS = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
};
export const headersOf = (policy: keyof typeof POLICY | 'none'): Record<string, string> => ({
  ...HEADERS,
  ...(policy === 'none' ? {} : { 'Content-Security-Policy': POLICY[policy] }),
});

function refuse(response: ServerResponse, status: number, said: string): void {
  response.writeHead(status, { ...headersOf('sealed'), 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(`${said}\n`);
}

export const json = (value: unknown): Answer => ({ type: 'application/json', body: JSON.stringify(value) });

/** The words of a page in one language, by their keys without the page's name. */
export const wordsOf = (name: string, { words }: Pick<BuildTemplates, 'words'>, lang: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(words[lang] ?? {})
      .filter(([key]) => key.startsWith(`${name}.`))
      .map(([key, word]) => [key.slice(name.length + 1), word]),
  );

/** A file of `templates/`; that it is not there is a fault of the program. */
export function templateFile({ files }: Pick<BuildTemplates, 'files'>, path: string): string {
  const found = files.get(path);
  if (found === undefined) throw new Error(`no template ${path}`);
  return found;
}

/** What `templates/<name>/` holds of a page: the page with its words, its look and script, and the fonts of the printer. */
export function filesOfPage(name: string, templates: BuildTemplates, lang: Lang): [string, () => Answer][] {
  const words = wordsOf(name, templates, lang);
  const markup = templateFile(templates, `${name}/page.html`);
  const page = fill(`${name}/page.html`, markup, {
    lang: lang === 'zh' ? 'zh-Hant' : 'en',
    ...Object.fromEntries(
      [...markup.matchAll(/\{\{word-([a-z-]+)\}\}/g)].map(([, key = '']) => [`word-${key}`, words[key]]),
    ),
  }).toString();
  const css = (path: string): Answer => ({ type: 'text/css', body: templateFile(templates, path) });
  return [
    ['', () => ({ type: 'text/html; charset=utf-8', body: page, policy: 'page' })],
    ['common.css', () => css('preview/common.css')],
    ['page.css', () => css(`${name}/page.css`)],
    ['page.js', () => ({ type: 'text/javascript', body: templateFile(templates, `${name}/page.js`) })],
    ['fonts.css', () => ({ type: 'text/css', body: FONTS_CSS })],
    ...FONTS.map(([kind, weight, style]): [string, () => Answer] => [
      `fonts/${kind}-${weight}.ttf`,
      () => ({ type: 'font/ttf', body: readFont(kind, weight, style), lasting: true }),
    ]),
  ];
}

function readFont(kind: string, weight: number, name: string): Uint8Array {
  const folder = dirname(require.resolve(`@expo-google-fonts/noto-${kind}-tc/package.json`));
  const stem = `Noto${kind === 'sans' ? 'Sans' : 'Serif'}TC_${weight}${name}`;
  return readFileSync(join(folder, `${weight}${name}`, `${stem}.ttf`));
}

/** Listens on this machine alone. Throws UserError when the port that was asked for is taken. */
async function listen(server: Server, asked: number | undefined): Promise<number> {
  for (let port = asked ?? PORT; ; port = port < PORT + TRIES ? port + 1 : 0) {
    const failed = await new Promise<NodeJS.ErrnoException | undefined>((resolve) => {
      server.once('error', resolve);
      server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
        server.off('error', resolve);
        resolve(undefined);
      });
    });
    if (!failed) return (server.address() as AddressInfo).port;
    if (asked !== undefined || port === 0)
      throw new UserError({
        zh: `無法使用連接埠 ${port}（${failed.code ?? failed.message}）。可能有另一個預覽正在執行；請用 --port 指定別的號碼。`,
        en: `Port ${port} cannot be used (${failed.code ?? failed.message}). Perhaps another preview is running; name another with --port.`,
      });
  }
}
