// One line that tells how far the work is: rewritten on a terminal, plain lines elsewhere.
import type { Terminal } from '../core/terminal.js';

export type ProgressLine = { at(text: string): void; done(): void };

export function progressLine(terminal: Pick<Terminal, 'quiet' | 'live' | 'err'>): ProgressLine {
  let open = false;
  return {
    at(text) {
      if (terminal.quiet) return;
      if (terminal.live) terminal.err(`\r\u001b[K${text}…`);
      else terminal.err(`${text}\n`);
      open = terminal.live;
    },
    done() {
      if (open) terminal.err('\r\u001b[K');
      open = false;
    },
  };
}
