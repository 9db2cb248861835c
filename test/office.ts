// The smallest office and book that are in order, for tests to stand on.

import type { Content } from '../src/content/read.js';
import type { Source } from '../src/core/source.js';
import { AROUND } from '../src/lint/rule-docs.js';

export const OFFICE = `名稱: 範例分署
單位: [執行一科, 秘書室, 服務台]
職稱: [書記官, 分署長]
當事人: [義務人, 申請人]
相關機關: [{名稱: 法務部行政執行署, 簡稱: 執行署}]
`;
export const BOOK = AROUND['handbook.yaml'] ?? '';
/** A service that declares all it must. */
export const DECLARED = AROUND['services/other.yaml'] ?? '';
/** Without its 申請程序, for tests that write their own. */
export const SERVICE = DECLARED.replace(/^申請程序: .*\n/m, '');

/** Content as if read from `content/`: path to text; office and book are filled in when left out. */
export function contentOf(files: Readonly<Record<string, string>>): Content {
  const all: Record<string, string> = { 'office.yaml': OFFICE, 'handbook.yaml': BOOK, ...files };
  const sources = Object.entries(all).map(([path, text]): Source => ({ path: `content/${path}`, text }));
  const below = (folder: string): Source[] => sources.filter(({ path }) => path.startsWith(`content/${folder}/`));
  const one = (name: string): Source | undefined => sources.find(({ path }) => path === `content/${name}`);
  const office = one('office.yaml');
  const book = one('handbook.yaml');
  return {
    ...(office ? { office } : {}),
    ...(book ? { book } : {}),
    services: below('services'),
    chapters: below('chapters'),
    translations: below('translations'),
    formFiles: below('forms').map(({ path }) => path.slice('content/forms/'.length)),
    faults: [],
  };
}
