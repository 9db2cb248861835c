// The office's logo, seal and map lie in `images/`, can be printed, and load nothing.

import { isAtHand } from '../../content/schema/model.js';
import { known } from '../../content/schema/schema.js';
import { nearest } from '../../core/nearest.js';
import type { Rule } from '../rule.js';

/** What is wrong inside a picture is found while reading (see picture). */
export default {
  severity: 'error',
  why: {
    zh: '標誌與印信印在封面與每張海報上；檔案不在、壞掉或太大，印出來就是破圖。SVG 裡也不能有程式或網路上的東西。',
    en: 'Logo and seal are printed on the cover and on every poster; a file that is missing, broken or too large prints as a hole. An SVG may hold nothing that runs or loads.',
  },
  good: [
    {
      file: 'images/logo.svg',
      text: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20"><circle cx="10" cy="10" r="9"/></svg>\n',
    },
  ],
  bad: [
    {
      file: 'office.yaml',
      text: `名稱: 範例分署
單位: [執行一科, 秘書室, 服務台]
職稱: [書記官, 分署長]
地址: 範例路1號
電話: 00-0000-0000
職務代理人: [{姓名: 書記官, 代理人: 同股書記官}]
服務標準: {引導時限: 5 分鐘, 臨櫃辦畢時限: 30 分鐘, 電話接聽時限: 10 秒, 最多洽辦次數: 2 次}
標誌: logo.png
`,
      at: 'logo.png',
    },
    { file: 'images/logo.png', text: 'GIF89a' },
    {
      file: 'images/logo.svg',
      text: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20"><script>alert(1)</script></svg>\n',
      at: '<script>',
    },
    {
      file: 'images/logo.svg',
      text: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20"><image href="https://example.org/a.png"/></svg>\n',
      at: '<image',
    },
  ],
  check(handbook, report) {
    if (!isAtHand(handbook, handbook.office)) return;
    for (const key of ['logo', 'seal', 'map'] as const) {
      const image = known(handbook.office[key]);
      if (image?.file === undefined || handbook.imageFiles.includes(image.file)) continue;
      const near = nearest(image.file, handbook.imageFiles);
      report({
        span: image.at.file ?? image.at.self,
        message: {
          zh: `images/ 裡沒有「${image.file}」這個圖檔。`,
          en: `There is no picture "${image.file}" in images/.`,
        },
        hint: near
          ? { zh: `是不是要寫「${near}」？`, en: `Did you mean "${near}"?` }
          : {
              zh: '把 PNG、JPEG 或 SVG 檔放進內容資料夾的 images/，這裡只寫檔名。',
              en: 'Put a PNG, JPEG or SVG into images/ of the content folder, and give its name alone.',
            },
      });
    }
  },
} satisfies Rule;
