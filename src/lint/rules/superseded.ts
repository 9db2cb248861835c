// What the law no longer says, and counties that are cities now.

import { RECORD } from '../example-records.js';
import type { Rule } from '../rule.js';
import { narrow } from '../wording/width.js';
import { readingOf } from '../wording/zones.js';

/** 民法第12條 since 1 January 2023. */
const MAJORITY =
  /(?<!以上\s*)(?:未?滿|年滿)\s*(?:20|二十)\s*歲[^，。；\n或及、]{0,6}?(?:未?成年)|(?:未?成年)[^，。；\n或及、]{0,2}?[（(](?:未?滿|年滿)\s*(?:20|二十)\s*歲/g;
/** 臺北縣 is 新北市 and 桃園縣 is 桃園市 since 25 December 2010 and 2014; those of 臺中, 臺南 and 高雄 merged with their cities. */
const COUNTIES: Readonly<Record<string, string>> = {
  臺北縣: '新北市',
  台北縣: '新北市',
  桃園縣: '桃園市',
  臺中縣: '臺中市',
  台中縣: '臺中市',
  臺南縣: '臺南市',
  台南縣: '臺南市',
  高雄縣: '高雄市',
};
/** In an address: regulations in force still name them otherwise. */
const COUNTY =
  /(?<![原前舊])(?:[臺台][北中南]縣|桃園縣|高雄縣)(?=[一-鿿]{1,3}[市鄉鎮][一-鿿\d]{1,10}[路街段巷號村里])/g;

export default {
  severity: 'warn',
  strict: 'error',
  why: {
    zh: '成年年齡自 112 年 1 月 1 日起是 18 歲（民法第12條）；改制前的縣名寄不到信。照舊的寫，櫃台會多要文件，信會退回。',
    en: 'People are of age at 18 since 2023 (Civil Code, Article 12), and a county of before 2010 has no post: with the old words the counter asks for too much, and letters come back.',
  },
  good: [
    { text: `${RECORD}摘要: 未滿18歲的未成年人由法定代理人申請；年滿20歲、未滿65歲者免附。\n` },
    { text: `${RECORD}摘要: 原臺北縣板橋市中山路的案件、「桃園縣」改制前及臺南縣的資料亦可申請。\n` },
  ],
  bad: [
    { text: `${RECORD}摘要: 未滿20歲的未成年人由法定代理人申請。\n`, at: '未滿20歲的未成年' },
    { text: `${RECORD}摘要: 寄到臺北縣板橋市範例路1號。\n`, at: '臺北縣' },
  ],
  check(handbook, report) {
    for (const source of handbook.sources) {
      const text = narrow(source.text);
      const isText = (place: number): boolean => readingOf(source, handbook).isText(place);
      for (const { 0: written, index } of text.matchAll(MAJORITY))
        if (isText(index) && !/舊法|修正前|修法前/.test(text.slice(Math.max(0, index - 12), index)))
          report({
            span: { source, start: index, end: index + written.length },
            message: {
              zh: `「${written}」是修法前的規定，成年年齡自 112 年 1 月 1 日起是 18 歲。`,
              en: `"${written}" is the law before 2023; people are of age at 18.`,
            },
            hint: {
              zh: '改成 18 歲；另有法律規定 20 歲的，寫明是哪一條。',
              en: 'Write 18; where another law says 20, name it.',
            },
          });
      for (const { 0: written, index } of text.matchAll(COUNTY))
        if (isText(index) && !/[「『]$/.test(text.slice(Math.max(0, index - 1), index)))
          report({
            span: { source, start: index, end: index + written.length },
            message: {
              zh: `「${written}」已改制，現在是「${COUNTIES[written]}」。`,
              en: `"${written}" no longer exists; it is ${COUNTIES[written]} now.`,
            },
            hint: {
              zh: '寫現在的地址，鄉鎮市也已改為區；說的是以前，就寫「原臺北縣」。',
              en: 'Give the present address, with its district; of the past, write 原臺北縣.',
            },
          });
    }
  },
} satisfies Rule;
