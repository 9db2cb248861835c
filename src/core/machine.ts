// What the machine refuses (no room, no permission, too many open files), as a sentence with the cure.
import { statfsSync } from 'node:fs';
import type { Say } from './source.js';

/** The sentence for an error of the operating system, or of what wraps one; `undefined` when it is no such error. */
export function refusalOf(error: unknown): Say | undefined {
  const { code, path, cause, syscall } = (error ?? {}) as NodeJS.ErrnoException & { cause?: unknown };
  const say = code === undefined ? undefined : SAYS[code];
  if (!say) return cause === undefined || cause === error ? undefined : refusalOf(cause);
  const at = path ?? (syscall === 'spawn' ? '' : undefined);
  const where = at === undefined || at === '' ? { zh: '', en: '' } : { zh: `${at}：`, en: `${at}: ` };
  return { zh: where.zh + say.zh, en: where.en + say.en };
}

const SAYS: Readonly<Record<string, Say>> = {
  ENOSPC: {
    zh: '磁碟已滿，寫不進去。請騰出空間後再試。',
    en: 'the disk is full and nothing more can be written. Free some space and try again.',
  },
  EDQUOT: {
    zh: '這個使用者的磁碟配額已用完。請刪除不用的檔案後再試。',
    en: 'the disk quota of this user is used up. Remove files that are not needed and try again.',
  },
  EMFILE: {
    zh: '開啟的檔案太多，系統不再允許。請調高上限（ulimit -n 1024）後再試。',
    en: 'too many files are open, and the system allows no more. Raise the limit (ulimit -n 1024) and try again.',
  },
  ENFILE: {
    zh: '整台機器開啟的檔案太多。請關閉其他程式後再試。',
    en: 'too many files are open on this machine. Close other programs and try again.',
  },
  EROFS: {
    zh: '所在的磁碟唯讀，寫不進去。請改用可以寫入的資料夾。',
    en: 'its disk is read-only. Use a folder that can be written.',
  },
  EACCES: {
    zh: '沒有權限。請確認這個使用者可以讀寫它。',
    en: 'permission is denied. See that this user may read and write it.',
  },
  EPERM: {
    zh: '系統不允許這個動作。請確認這個使用者可以讀寫它。',
    en: 'the system does not permit it. See that this user may read and write it.',
  },
  ENOMEM: {
    zh: '記憶體不足。請關閉其他程式後再試。',
    en: 'there is not enough memory. Close other programs and try again.',
  },
  EAGAIN: {
    zh: '系統不讓更多程式同時執行。請關閉其他程式後再試。',
    en: 'the system lets no more programs run. Close other programs and try again.',
  },
  EIO: {
    zh: '磁碟讀寫失敗。請檢查磁碟。',
    en: 'the disk cannot be read or written. Have the disk checked.',
  },
};

/** How many MB may still be written in a folder; `undefined` where the file system tells no size at all. */
export function roomIn(folder: string): number | undefined {
  const { bavail, bsize, blocks } = statfsSync(folder);
  return blocks > 0 ? (bavail * bsize) / 1024 / 1024 : undefined;
}
