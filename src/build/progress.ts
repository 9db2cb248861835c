// How far a build is, and how long its parts took, in words.
import type { Lang, Say } from '../core/source.js';
import type { Progress } from './result.js';

export function progressOf(at: Progress, lang: Lang): string {
  const zh = lang === 'zh';
  switch (at.step) {
    case 'read':
      return zh ? '讀取並檢查內容' : 'Reading and checking the content';
    case 'draw':
      return zh ? `繪製 ${at.charts} 張流程圖` : `Drawing ${at.charts} ${at.charts === 1 ? 'chart' : 'charts'}`;
    case 'print':
      return zh ? `編印 ${at.n}/${at.of}　${at.file}` : `Printing ${at.n}/${at.of}  ${at.file}`;
  }
}

/** When each part began, in ms of one clock. */
export type Began = { step: Progress['step']; at: number }[];

/** How long each part took: what begins later ends what was before. */
export function timesOf(began: Readonly<Began>, end: number): Say {
  const names: { [step in Progress['step']]: Say } = {
    read: { zh: '讀取與檢查', en: 'reading and checking' },
    draw: { zh: '繪製流程圖', en: 'drawing charts' },
    print: { zh: '編印與檢查檔案', en: 'printing and checking files' },
  };
  const parts = began.map(({ step, at }, i) => ({
    name: names[step],
    time: `${(((began[i + 1]?.at ?? end) - at) / 1000).toFixed(1)} s`,
  }));
  return {
    zh: `用時：${parts.map(({ name, time }) => `${name.zh} ${time}`).join('、')}。`,
    en: `Time: ${parts.map(({ name, time }) => `${name.en} ${time}`).join(', ')}.`,
  };
}
