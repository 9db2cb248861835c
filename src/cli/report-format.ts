// In which format a paper is written: as it is asked for, or as its file is called.
import { extname } from 'node:path';
import { Option } from 'commander';
import { UserError } from '../core/terminal.js';

const ENDINGS = {
  '.txt': 'text',
  '.json': 'json',
  '.md': 'markdown',
  '.html': 'html',
  '.odt': 'odt',
  '.docx': 'docx',
  '.pdf': 'pdf',
} as const;
export type ReportFormat = (typeof ENDINGS)[keyof typeof ENDINGS];
export const REPORT_FORMATS = [
  'text',
  'json',
  'markdown',
  'html',
  'odt',
  'docx',
  'pdf',
] as const satisfies ReportFormat[];

export const reportFormatOption = (zh: boolean, formats: readonly string[]): Option =>
  new Option(
    '--format <format>',
    zh ? '格式；未寫則依 --out 的副檔名' : 'format; that of the ending of --out when omitted',
  ).choices(formats);

/** `example`: what the file may be called, without its ending. Throws UserError where no format can be told or a file is needed. */
export function reportFormatOf(
  format: ReportFormat | undefined,
  out: string | undefined,
  example: { zh: string; en: string },
): ReportFormat {
  const named: ReportFormat | undefined =
    out === undefined ? 'text' : (ENDINGS as Readonly<Record<string, ReportFormat>>)[extname(out).toLowerCase()];
  const chosen = format ?? named;
  if (chosen === undefined)
    throw new UserError({
      zh: `看不出「${out}」是什麼格式；副檔名可用：${Object.keys(ENDINGS).join('、')}，或以 --format 指定。`,
      en: `The ending of "${out}" names no format; use one of ${Object.keys(ENDINGS).join(', ')}, or --format.`,
    });
  if (out === undefined && (chosen === 'odt' || chosen === 'docx' || chosen === 'pdf'))
    throw new UserError({
      zh: `${chosen} 要寫到檔案裡，請加上 --out，例如 --out ${example.zh}.${chosen}。`,
      en: `${chosen} is written to a file; add --out, such as --out ${example.en}.${chosen}.`,
    });
  return chosen;
}
