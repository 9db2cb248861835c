// What may be an id that becomes the name of files: on every disk, in every archive, in every address.
import type { Say } from '../../core/source.js';

/** Letters in an id; with its folder and ending it fits into what Windows and archives take. */
const LONGEST_ID = 60;
const ID = /^[a-z0-9][a-z0-9_-]*$/;
/** Names that are devices under Windows, with any ending (learn.microsoft.com, Naming Files). */
const DEVICE = /^(con|prn|aux|nul|(com|lpt)[0-9])$/;

/** Why a text cannot be an id, what would help, and the rule that says so; `undefined` where it can. */
export function faultOfId(text: string): { rule: string; message: Say; hint: Say } | undefined {
  const example = exampleFor(text);
  const hint = { zh: `例如「${example}」。`, en: `For example "${example}".` };
  if (!ID.test(text))
    return {
      rule: 'wrong-type',
      message: {
        zh: '編號會成為檔名，只能用英文小寫字母、數字、「-」與「_」，並以字母或數字開頭。',
        en: 'An id becomes the name of files: a-z, 0-9, "-" and "_", beginning with a letter or a digit.',
      },
      hint,
    };
  if (text.length > LONGEST_ID)
    return {
      rule: 'out-of-bounds',
      message: {
        zh: `編號會成為檔名，最多 ${LONGEST_ID} 個字母；這裡有 ${text.length} 個。`,
        en: `An id becomes the name of files and has at most ${LONGEST_ID} letters; here are ${text.length}.`,
      },
      hint,
    };
  if (DEVICE.test(text))
    return {
      rule: 'wrong-type',
      message: {
        zh: '這是 Windows 保留給設備的名稱，不能當檔名，所以也不能當編號。',
        en: 'Windows keeps this name for a device; no file can have it, so it is no id.',
      },
      hint,
    };
  return undefined;
}

/** The nearest id to what was written, where something of it can be kept. */
function exampleFor(text: string): string {
  const near = text
    .slice(0, 200)
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9_]+/g, '-')
    .replace(/^[-_]+|[-_]+$/g, '')
    .slice(0, 40)
    .replace(/[-_]+$/, '');
  if (DEVICE.test(near)) return `${near}-1`;
  return near.length > 1 ? near : 'address-change';
}
