// Pictures, fonts and forms that lie in a content folder: files that are no text.
import { accessSync, constants, readFileSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { attempt, type ContentFolder, LARGEST } from './content-folder.js';
import { hintForFile } from './strangers.js';

/** A picture of the office; `path` is how it is shown. */
export type ImageFile = { readonly name: string; readonly path: string; readonly bytes: Uint8Array };

/** A font of the office: `file` is where it really is (absolute), `path` how it is shown. Size and time tell it from another. */
export type FontFile = {
  readonly name: string;
  readonly path: string;
  readonly file: string;
  readonly size: number;
  readonly mtimeMs: number;
};

/** A form: `file` is where it really is (absolute). Size and time tell it from another. */
export type FormFile = Pick<FontFile, 'name' | 'file' | 'size' | 'mtimeMs'>;

/** A font of every Chinese character has some 40 MB (bytes). */
const LARGEST_FONT = 64 * 1024 * 1024;

/** The pictures of `images/`; what is too large or cannot be read is told. */
export function imagesIn(folder: ContentFolder): ImageFile[] {
  return folder.filesIn('images').flatMap(({ name }): ImageFile[] => {
    if (!/\.(png|jpe?g|svg)$/i.test(name)) return [];
    const path = join(folder.root, 'images', name);
    const real = attempt(() => realpathSync(path));
    if (real === undefined || !folder.isInside(real)) return folder.refuseLink(path, real, 'file') ?? [];
    const info = attempt(() => statSync(real));
    const large = info?.isFile() === true && info.size > LARGEST;
    const bytes = info?.isFile() && !large ? attempt(() => readFileSync(real)) : undefined;
    if (bytes) return [{ name, path: folder.shown(path), bytes }];
    folder.refuse(
      path,
      'image-file',
      large
        ? {
            zh: `圖檔有 ${(info.size / LARGEST).toFixed(1)} MB，應小於 1 MB。`,
            en: `The picture has ${(info.size / LARGEST).toFixed(1)} MB; it must have less than 1 MB.`,
          }
        : { zh: '圖檔無法讀取。', en: 'The picture cannot be read.' },
      large
        ? { zh: '縮小後再存一次。', en: 'Save it smaller.' }
        : { zh: '把圖檔重新複製到 images/ 裡。', en: 'Copy the picture into images/ again.' },
    );
    return [];
  });
}

/** The fonts of `fonts/`. They are not read here: one may have 60 MB. */
export function fontsIn(folder: ContentFolder): FontFile[] {
  return folder.filesIn('fonts').flatMap(({ name }): FontFile[] => {
    if (/^readme\b|\.(txt|md|pdf)$|^(licen[cs]e|ofl)\b/i.test(name)) return [];
    const path = join(folder.root, 'fonts', name);
    if (!/\.(ttf|tte)$/i.test(name))
      return (
        folder.refuse(
          path,
          'unknown-file',
          {
            zh: '不認得這種檔案，fonts/ 只讀靜態 TrueType 字型（.ttf、.tte）。',
            en: 'This kind of file is not read; fonts/ takes static TrueType fonts (.ttf, .tte).',
          },
          hintForFile(name, 'fonts'),
        ) ?? []
      );
    const real = attempt(() => realpathSync(path));
    const found = real === undefined ? undefined : attempt(() => statSync(real));
    const inside =
      real !== undefined && folder.isInside(real) && attempt(() => accessSync(real, constants.R_OK) ?? true) === true;
    if (real !== undefined && inside && found?.isFile() && found.size <= LARGEST_FONT)
      return [{ name, path: folder.shown(path), file: real, size: found.size, mtimeMs: found.mtimeMs }];
    if (found?.isFile() && inside)
      folder.refuse(
        path,
        'font-file',
        {
          zh: `字型檔有 ${(found.size / LARGEST).toFixed(0)} MB，應在 ${LARGEST_FONT / LARGEST} MB 以內。`,
          en: `The font has ${(found.size / LARGEST).toFixed(0)} MB; it must have at most ${LARGEST_FONT / LARGEST} MB.`,
        },
        {
          zh: '請確認它真的是字型檔，或換成只含所需文字的字型檔。',
          en: 'See that it is a font at all, or put one there that holds fewer characters.',
        },
      );
    else
      folder.refuse(
        path,
        'font-file',
        {
          zh: '字型檔無法讀取，或是指向內容資料夾以外的捷徑。',
          en: 'The font cannot be read, or is a link out of the content folder.',
        },
        { zh: '把字型檔本身複製到 fonts/ 裡。', en: 'Copy the font itself into fonts/.' },
      );
    return [];
  });
}

/** Where the forms of `forms/` lie. `names`: what is there. */
export function formsIn(folder: ContentFolder, names: readonly string[]): FormFile[] {
  return names.flatMap((name): FormFile[] => {
    const path = join(folder.root, 'forms', name);
    const real = attempt(() => realpathSync(path));
    if (real === undefined || !folder.isInside(real)) return folder.refuseLink(path, real, 'file') ?? [];
    const { size = 0, mtimeMs = 0 } = attempt(() => statSync(real)) ?? {};
    return [{ name, file: real, size, mtimeMs }];
  });
}
