// A page for the web that loads nothing: a policy before all else in its head, and the one script that it may run.
import { hash } from 'node:crypto';
import { escapeText, type Html } from './html.js';

/** What a page of ours may do in a browser: show itself. It holds its pictures and styles, and runs the one script of this hash alone. */
const policyFor = (script: string | undefined): string =>
  `default-src 'none'; ${
    script === undefined ? '' : `script-src 'sha256-${hash('sha256', script, 'base64')}'; `
  }style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'`;
const HEAD = /^<!doctype html>\s*<html(?: (?:lang|class|dir)="[\w -]*")*>\s*<head>/i;

/**
 * The bytes of a page for the web, with a Content-Security-Policy before all else in its head: whatever a template or a
 * content has brought in, the browser neither runs nor loads it. `script`, the program's own, runs when the page is there; it
 * is admitted by its hash. `declares` stands beside it. Throws where the page does not begin with a plain head.
 */
export function sealed(page: Html, declares: string, script?: string): string {
  const markup = page.toString();
  const head = HEAD.exec(markup)?.[0];
  if (head === undefined) throw new Error('a page for the web does not begin with its head');
  if (script !== undefined && /<\/script|<!--/i.test(script)) throw new Error('the script of a page ends within it');
  return `${head}\n<meta http-equiv="Content-Security-Policy" content="${policyFor(script)}">\n<meta name="servicebook" content="${escapeText(declares)}">${
    script === undefined ? '' : `\n<script type="module">${script}</script>`
  }${markup.slice(head.length)}`;
}
