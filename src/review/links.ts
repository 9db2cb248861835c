// Whether the addresses in the content still answer: the one part of the program that goes out on the network, and only where it is
// asked to. Addresses may be a stranger's: nothing within an inner network is asked, and nothing that comes back is read.
import { lookup as lookUp } from 'node:dns';
import { request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import type { Handbook } from '../content/schema/model.js';
import { known } from '../content/schema/schema.js';
import type { Span } from '../core/source.js';
import { citationsOf } from '../lint/citations.js';

/** `status`: what the server said; `said`: why it could not be reached; `inner`: an address that is not asked. */
export type LinkFault = {
  readonly url: string;
  readonly at: Span;
  readonly why: 'status' | 'failed' | 'inner';
  readonly status?: number;
  readonly said?: string;
};
type Asked = Omit<LinkFault, 'url' | 'at'> | undefined;
/** Asks one address; nothing where it answers. */
export type Ask = (url: string) => Promise<Asked>;

/** Every address on the web that the content names, each once. */
export function linksIn(handbook: Handbook): { url: string; at: Span }[] {
  const found = new Map<string, Span>();
  const add = (url: string | undefined, at: Span | undefined): void => {
    if (url !== undefined && at !== undefined && /^https?:\/\//i.test(url) && !found.has(url)) found.set(url, at);
  };
  const { office, book, services, embedded } = handbook;
  add(office.url, office.at.url);
  add(book.url, book.at.url);
  for (const law of known(book.laws) ?? []) add(law.url, law.at.url);
  for (const form of known(book.forms) ?? []) add(form.url, form.at.url);
  for (const each of known(office.offices) ?? []) add(each.url, each.at.url);
  for (const service of services) for (const channel of known(service.channels) ?? []) add(channel.url, channel.at.url);
  for (const { citation } of citationsOf(handbook)) add(citation.url, citation.span);
  for (const { kind, target, span } of embedded) if (kind === 'link') add(target, span);
  return [...found].map(([url, at]) => ({ url, at }));
}

/** So many are asked at once. */
const AT_ONCE = 4;

/** The links that do not answer, in the order given. Each server is asked once for each address. */
export async function deadLinks(links: readonly { url: string; at: Span }[], ask: Ask): Promise<LinkFault[]> {
  const found: (LinkFault | undefined)[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let i = next++; i < links.length; i = next++) {
      const { url, at } = links[i] as { url: string; at: Span };
      const fault = await ask(url);
      found[i] = fault && { url, at, ...fault };
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return found.filter((fault) => fault !== undefined);
}

// ---------------------------------------------------------------- on the network

/** Milliseconds until an answer must have begun. */
const PATIENCE = 15_000;
const MOST_REDIRECTS = 5;

/** Addresses that are nobody's on the internet: of this machine, of inner networks, of what a cloud tells its machines. */
const INNER = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  INNER.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [
  ['::', 127],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  INNER.addSubnet(net, bits, 'ipv6');

export function isInner(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  const family = isIP(mapped ?? address);
  return family === 0 || INNER.check(mapped ?? address, family === 6 ? 'ipv6' : 'ipv4');
}

class InnerAddress extends Error {}

/** Looks a name up and hands out no address of an inner network; what was looked up is what is connected to. */
const guarded =
  (isAllowed: (address: string) => boolean): LookupFunction =>
  (name, options, done) => {
    lookUp(name, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, '', 4);
      const [first] = addresses;
      if (!first || addresses.some(({ address }) => !isAllowed(address))) return done(new InnerAddress(name), '', 4);
      return options.all ? done(null, addresses) : done(null, first.address, first.family);
    });
  };

/** Asks by the network. `isAllowed`: whether an address may be connected to. */
export function asker(signal: AbortSignal, isAllowed = (address: string): boolean => !isInner(address)): Ask {
  const lookup = guarded(isAllowed);
  const head = (url: URL, method: 'HEAD' | 'GET'): Promise<{ status: number; location?: string }> =>
    new Promise((resolve, reject) => {
      const host = url.hostname.replace(/^\[|\]$/g, '');
      // An address in numbers is looked up by nobody.
      if (isIP(host) !== 0 && !isAllowed(host)) return reject(new InnerAddress(host));
      const send = url.protocol === 'https:' ? secureRequest : plainRequest;
      const asked = send(
        url,
        {
          method,
          lookup,
          signal,
          timeout: PATIENCE,
          agent: false,
          headers: { 'user-agent': 'servicebook', accept: '*/*' },
        },
        (answer) => {
          const { statusCode = 0, headers } = answer;
          answer.destroy();
          resolve({ status: statusCode, ...(headers.location === undefined ? {} : { location: headers.location }) });
        },
      );
      asked.on('timeout', () => asked.destroy(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' })));
      asked.on('error', reject);
      asked.end();
    });
  return async (written) => {
    try {
      let url = new URL(written);
      let method: 'HEAD' | 'GET' = 'HEAD';
      for (let redirects = 0; redirects <= MOST_REDIRECTS; ) {
        if (url.protocol !== 'http:' && url.protocol !== 'https:') return { why: 'failed', said: url.protocol };
        const { status, location } = await head(url, method);
        if (status >= 300 && status < 400 && location !== undefined) {
          url = new URL(location, url);
          redirects += 1;
        } else if (method === 'HEAD' && status >= 400) method = 'GET';
        else return status < 400 ? undefined : { why: 'status', status };
      }
      return { why: 'failed', said: 'redirects' };
    } catch (error) {
      if (signal.aborted) throw new Error('interrupted');
      if (error instanceof InnerAddress) return { why: 'inner' };
      const { code, message } = error as NodeJS.ErrnoException;
      return { why: 'failed', said: code ?? message };
    }
  };
}
