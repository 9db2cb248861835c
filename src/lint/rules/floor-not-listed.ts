// A unit sits on a floor that the list of floors has.

import { isAtHand } from '../../content/schema/model.js';
import { known } from '../../content/schema/schema.js';
import { OFFICE } from '../example-records.js';
import { quantitiesIn } from '../prose/quantities.js';
import type { Rule } from '../rule.js';

const office = (floor: string): string =>
  `${OFFICE}單位: [{名稱: 服務台, 樓層: ${floor}}]\n樓層配置: [{樓層: 1 樓, 說明: 大廳}, {樓層: 2 樓, 說明: 會議室}]\n`;
/** 地下 1 樓 is -1. */
const floorIn = (text: string | undefined): number | undefined => {
  const floor = text === undefined ? undefined : quantitiesIn(text).find(({ unit }) => unit === '樓')?.value;
  return floor !== undefined && /地下|[Bb]\s*\d/.test(text ?? '') ? -floor : floor;
};

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '單位寫在樓層配置沒有的樓層，大廳的樓層圖就找不到它，或是其中一處寫錯。',
    en: 'A unit on a floor that the list of floors lacks is not on the guide in the hall, or one of the two is wrong.',
  },
  good: [
    { file: 'office.yaml', text: office('二樓') },
    { file: 'office.yaml', text: office('二樓').replace('樓層: 1 樓', '樓層: 中庭') },
  ],
  bad: [{ file: 'office.yaml', text: office('3 樓'), at: '3 樓' }],
  check(handbook, report) {
    if (!isAtHand(handbook, handbook.office)) return;
    const floors = known(handbook.office.floors) ?? [];
    const numbers = floors.map(({ floor }) => floorIn(floor));
    // A list with floors that are called otherwise, 中庭, is not judged.
    if (floors.length === 0 || numbers.includes(undefined)) return;
    for (const { name, floor, at } of known(handbook.office.units) ?? []) {
      const own = floorIn(floor);
      if (own === undefined || numbers.includes(own)) continue;
      const listed = floors.map((each) => each.floor).join('、');
      report({
        span: at.floor ?? at.self,
        message: {
          zh: `「${name}」在「${floor}」，樓層配置卻只有「${listed}」。`,
          en: `"${name}" is on ${floor}, but the list of floors has ${listed} only.`,
        },
        hint: {
          zh: '改正單位的樓層，或在樓層配置補上這一層。',
          en: 'Fix the floor of the unit, or add it to 樓層配置.',
        },
      });
    }
  },
} satisfies Rule;
