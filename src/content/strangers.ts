// What lies in a content folder and is not read: what a system leaves there, and names that a reader would take for content.

import { nearest } from '../core/nearest.js';
import type { Say } from '../core/source.js';

/** What Windows, Office and editors leave beside the files they show; nobody sees it, and it is no content. */
const LITTER = /^(\..*|thumbs\.db|desktop\.ini|~\$.*|.*~|#.*#)$/i;
export const isLitter = (name: string): boolean => LITTER.test(name);

/** The folders that are read, and what they hold. */
const FOLDERS: Readonly<Record<string, { zh: readonly string[]; takes: string }>> = {
  services: { zh: ['服務', '服務項目', '各項服務'], takes: '.yaml、.md' },
  chapters: { zh: ['章節', '章次'], takes: '.md' },
  forms: { zh: ['書表', '表單', '申請書表'], takes: '.pdf' },
  translations: { zh: ['譯文', '翻譯'], takes: '.yaml' },
  templates: { zh: ['樣板', '範本'], takes: '.yaml、.css、.html' },
  images: { zh: ['圖片', '圖檔'], takes: '.png、.jpg、.svg' },
  fonts: { zh: ['字型', '字體'], takes: '.ttf、.tte' },
};

/** The folder that was meant by the name of one that is not read. */
export function folderMeant(name: string): string | undefined {
  if (FOLDERS[name]) return undefined;
  const lower = name.toLowerCase();
  if (FOLDERS[lower]) return lower;
  const near = nearest(lower, Object.keys(FOLDERS));
  if (near !== undefined && Math.abs(near.length - lower.length) <= 1) return near;
  return Object.keys(FOLDERS).find((folder) => FOLDERS[folder]?.zh.includes(name));
}

/** A folder of another name than the one that is read. */
export const misnamedFolder = (name: string, meant: string): { message: Say; hint: Say } => ({
  message: {
    zh: `資料夾「${name}」不會讀取，應為「${meant}」。`,
    en: `The folder "${name}" is not read; expected "${meant}".`,
  },
  hint: { zh: `把資料夾改名為「${meant}」。`, en: `Rename the folder to "${meant}".` },
});

/** A folder within one that is read. */
export const innerFolder = (sub: string): { message: Say; hint: Say } => ({
  message: {
    zh: `這是資料夾，裡面的檔案沒有讀取；${sub}/ 只讀直接放在裡面的檔案。`,
    en: `This is a folder, and what is in it is not read; ${sub}/ takes the files directly in it.`,
  },
  hint: {
    zh: `把裡面的檔案移到 ${sub}/ 之下；不用的移到內容資料夾之外。`,
    en: `Move its files up into ${sub}/, or out of the content folder.`,
  },
});

/** How a file of a kind that is not read becomes content. */
export function hintForFile(name: string, sub: string): Say {
  const double = /^(.*\.(?:ya?ml|md))\.txt$/i.exec(name)?.[1];
  if (double)
    return {
      zh: `檔名多了「.txt」，改成「${double}」（在檔案總管「檢視」裡勾選「副檔名」才看得到）。`,
      en: `Its name has a ".txt" too many: rename it to "${double}".`,
    };
  const takes = FOLDERS[sub]?.takes ?? '';
  return {
    zh: `要編入的內容請另存為 ${takes}；其他檔案移到內容資料夾之外。`,
    en: `Save what belongs into the book as ${takes.replaceAll('、', ', ')}, and move other files out of the content folder.`,
  };
}

/** Files that could be taken for `office.yaml` or `handbook.yaml`. */
export const couldBe = (name: string, stem: string): boolean =>
  new RegExp(`^${stem}\\.ya?ml(\\.txt)?$`, 'i').test(name);
