// Where sheets become files: drawn, printed and finished, with a press that is opened when it is first needed.
import type { Press, PressOptions, Printed } from './press.js';
import type { Diagram, Drawing, Sheet } from './render.js';

export type Workshop = {
  /** Every diagram, in order. */
  draw(diagrams: readonly Diagram[]): Promise<Drawing[]>;
  /** One sheet becomes its files. Sheets may be made side by side. */
  make(sheet: Sheet): Promise<Printed[]>;
  /** Ends what runs, whatever it is doing. May be called twice, and while sheets are being made. */
  close(): Promise<void>;
};

export function openWorkshop(options: PressOptions): Workshop {
  let opening: Promise<Press> | undefined;
  let closed = false;
  const press = (): Promise<Press> => {
    if (closed) throw new Error('the workshop is closed');
    opening ??= import('./press.js').then(({ openPress }) => openPress(options));
    return opening;
  };
  return {
    async draw(diagrams) {
      return diagrams.length === 0 ? [] : (await press()).draw(diagrams);
    },

    async make(sheet) {
      if (sheet.kind === 'text') return [{ file: sheet.file, bytes: new TextEncoder().encode(sheet.text) }];
      return [await (await press()).print(sheet)];
    },

    async close() {
      closed = true;
      await opening?.then(
        (opened) => opened.close(),
        () => undefined,
      );
    },
  };
}
