// Why a file cannot be written, in a sentence with what would help.
import type { Say } from '../core/source.js';
import { UserError } from '../core/terminal.js';

/** The code of an error of the system, ENOENT; empty for any other. */
export const codeOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
};

const NO_FOLDER: Say = {
  zh: '無法在那裡建立資料夾。請以 --out 指定其他資料夾。',
  en: 'no folder can be made there. Choose another folder with --out.',
};
/** Where a folder that was there is not. */
export const GONE: Say = {
  zh: '資料夾在編印時被移走、刪除或換掉了。沒有寫入任何檔案，請再編印一次。',
  en: 'its folder was moved, removed or replaced while the build was at work. Nothing was written; build again.',
};

export const sayOf = (path: string, { zh, en }: Say): Say => ({
  zh: `無法寫入 ${path}：${zh}`,
  en: `Cannot write ${path}: ${en}`,
});

/**
 * Turns an error of the file system into a sentence with the mend; anything else is ours and stays what it is. `missing`:
 * what it means that there is no such folder.
 */
export function explain(error: unknown, path: string, missing: Say = NO_FOLDER): unknown {
  const why: Record<string, Say | undefined> = {
    ENOSPC: { zh: '磁碟已滿。請騰出空間後再試。', en: 'the disk is full. Free some space and try again.' },
    EDQUOT: {
      zh: '已達磁碟配額。請騰出空間後再試。',
      en: 'your disk quota is used up. Free some space and try again.',
    },
    EACCES: {
      zh: '沒有寫入權限。請修改權限，或以 --out 指定其他資料夾。',
      en: 'writing is not permitted. Change the permissions, or choose another folder with --out.',
    },
    EROFS: {
      zh: '磁碟是唯讀的。請以 --out 指定其他資料夾。',
      en: 'the disk is read-only. Choose another folder with --out.',
    },
    EBUSY: {
      zh: '檔案正被其他程式使用。請關閉檢視器裡的 PDF 後再試。',
      en: 'another program is using it. Close the PDF in its viewer and try again.',
    },
    ENOTDIR: {
      zh: '路徑中有一段是檔案，不是資料夾。請移走該檔案，或以 --out 指定其他資料夾。',
      en: 'a part of the path is a file, not a folder. Move that file away, or choose another folder with --out.',
    },
    EISDIR: {
      zh: '那裡已有同名的資料夾。請移走它，或以 --out 指定其他資料夾。',
      en: 'a folder of that name is there. Move it away, or choose another folder with --out.',
    },
    ENAMETOOLONG: {
      zh: '路徑太長。請以 --out 指定較短的資料夾。',
      en: 'the path is too long. Choose a shorter folder with --out.',
    },
    ENOENT: missing,
  };
  // Windows reports an open file as EPERM; elsewhere it is a protected one.
  why.EPERM = {
    zh: '檔案受保護，或正被其他程式使用。請關閉檢視器裡的 PDF 後再試。',
    en: 'it is protected, or another program is using it. Close the PDF in its viewer and try again.',
  };
  why.EEXIST = why.ENOTDIR;
  const say = why[codeOf(error)];
  if (!say) return error;
  return new UserError(sayOf(path, say));
}
