// The words that an office puts in the place of the program's, and whether each still says what it said: 應附文件 for 應備證件,
// and not 免費 for 待確認, 辦理時限 for 規費, or another number.
import type { Tree } from '../content/schema/tree.js';
import { yamlTree } from '../content/syntax/yaml.js';
import type { Fault } from '../core/diagnostic.js';
import { nearest } from '../core/nearest.js';
import type { Say, Source, Span } from '../core/source.js';

/** By language, those of an output under its name: `posters.how`. */
type Words = Readonly<Record<string, Readonly<Record<string, string>>>>;

const fault = (span: Span, message: Say, hint?: Say): Fault => ({
  rule: 'template-override',
  span,
  message,
  ...(hint ? { hint } : {}),
});

/** [language, key, word] of every word that is laid over. A word is named by its key, or by what it says in Chinese. */
export function wordsIn(
  source: Source,
  output: string | undefined,
  program: Words,
  report: (fault: Fault) => void,
): [string, string, string][] {
  const tree = yamlTree(source, (rule, span, message, hint) =>
    report({ rule, span, message, ...(hint ? { hint } : {}) }),
  );
  if (!tree) return [];
  if (tree.kind !== 'map') {
    report(fault(tree.span, { zh: '這裡應是一組「原來的用語: 新的用語」。', en: 'Expected "word: new word".' }));
    return [];
  }
  const own = program.zh ?? {};
  const inside = Object.keys(own).filter((key) => output === undefined || key.startsWith(`${output}.`));
  const shown = (key: string): string => (output === undefined ? key : key.slice(output.length + 1));
  return tree.entries.flatMap(({ key, keySpan, value }) => {
    const named = inside.filter((each) => shown(each) === key);
    const keys = named.length > 0 ? named : inside.filter((each) => own[each] === key);
    if (keys.length === 0) {
      const near = nearest(key, [...inside.map(shown), ...inside.map((each) => own[each] ?? '')]);
      report(
        fault(
          keySpan,
          { zh: `程式沒有「${key}」這個用語。`, en: `The program has no word "${key}".` },
          near
            ? { zh: `是不是要寫「${near}」？`, en: `Did you mean "${near}"?` }
            : {
                zh: '左邊寫印出來的原文，要完全相同，例如「應備證件」。',
                en: 'Write the word as it is printed, such as 應備證件.',
              },
        ),
      );
      return [];
    }
    return keys.flatMap((each) => wordsFor(each, value, program, report));
  });
}

function wordsFor(key: string, tree: Tree, program: Words, report: (fault: Fault) => void): [string, string, string][] {
  const given: [string, Tree, Span][] =
    tree.kind === 'map'
      ? tree.entries.map((entry) => [entry.key, entry.value, entry.keySpan])
      : [['zh', tree, tree.span]];
  return given.flatMap(([lang, value, span]) => {
    const word = program[lang]?.[key];
    if (word === undefined || value.kind !== 'scalar' || value.text.trim() === '') {
      report(
        fault(
          word === undefined ? span : value.span,
          word === undefined
            ? { zh: `「${lang}」不是這個用語有的語言。`, en: `"${lang}" is no language of this word.` }
            : { zh: '新的用語應是一段文字。', en: 'The new word is a text.' },
          { zh: `可用：${Object.keys(program).join('、')}。`, en: `There are ${Object.keys(program).join(', ')}.` },
        ),
      );
      return [];
    }
    const holes = (text: string): string =>
      [...new Set(Array.from(text.matchAll(/\{(\d)[^}]*\}/g), ([, i]) => `{${i}}`))].sort().join('、');
    const wanted = holes(word);
    if (wanted === holes(value.text)) {
      const wrong = judgeRewording(key, lang, word, value.text.trim());
      if (!wrong) return [[lang, key, value.text.trim()] as [string, string, string]];
      report(fault(value.span, wrong.message, wrong.hint));
      return [];
    }
    report(
      fault(
        value.span,
        wanted === ''
          ? { zh: `這個用語沒有要填入的內容，不能寫 ${holes(value.text)}。`, en: 'Nothing is filled into this word.' }
          : {
              zh: `這個用語裡要有 ${wanted}，程式會填入內容；原文是「${word}」。`,
              en: `This word must hold ${wanted}, which is filled in; it says "${word}".`,
            },
        { zh: '照原文保留大括號的部分。', en: 'Keep the parts in braces as they are.' },
      ),
    );
    return [];
  });
}

/** What a word says that must not change. `only`: what belongs to it alone, so that no other word may begin to say it. */
type Meaning = { name: Say; zh: RegExp; en: RegExp; only?: Partial<Record<'zh' | 'en', RegExp>> };

const meaning = (zh: string, en: string, inZh: RegExp, inEn: RegExp, only?: 'all' | RegExp): Meaning => ({
  name: { zh, en },
  zh: inZh,
  en: inEn,
  ...(only === undefined ? {} : { only: only === 'all' ? { zh: inZh, en: inEn } : { zh: only } }),
});

/** Each with the other words that say the same. A word is asked for those that the program's word has. */
const MEANINGS: readonly Meaning[] = [
  meaning('待確認', 'to be confirmed', /待確認|待查|未確認|尚未確定|確認中/, /confirm/i, 'all'),
  meaning('草案', 'draft', /草案|草稿|初稿/, /draft/i, 'all'),
  meaning(
    '免費',
    'free of charge',
    /免費|不收費|免收|免繳|無須繳費|無需繳費/,
    /\bfree\b|no (?:fee|charge)|exempt/i,
    'all',
  ),
  meaning('未載明', 'not stated', /未(?:載|列|註|標|寫|填)[明示]?/, /not (?:stated|given|named)/i, 'all'),
  meaning(
    '免附',
    'need not be filed',
    /[免不](?:必|需|須|檢|用)?[附備]|[不無]需/,
    /need not|(?:not|no) .*(?:needed|required)/i,
    'all',
  ),
  meaning('擇一', 'one of these', /擇一|任一|其中一/, /\b(?:one|any) of\b|\beither\b/i, 'all'),
  meaning('隨到隨辦', 'while you wait', /隨到隨辦|當場|立即|即時|現場/, /while you wait|at once|immediate/i, 'all'),
  meaning('不定期限', 'no fixed limit', /不定期限|無期限|無一定期限|未定期限|不限期/, /no (?:fixed )?limit/i, 'all'),
  meaning('正本', 'original', /正本|原本/, /original/i, 'all'),
  meaning('影本', 'copy', /影本|複印本/, /cop(?:y|ies)/i),
  meaning('電子檔', 'electronic', /電子/, /electronic|digital|e-?mail|web/i),
  meaning('規費', 'fee', /費|金額|收取|繳/, /fee|charge|cost|amount|free|pay/i, /規費/),
  meaning(
    '時限',
    'time limit',
    /時限|期限|限期|期間|日期|時間|[天日]數|多久|起算|效期/,
    /time|limit|deadline|long|when|hours|days|date|by|correct/i,
    /時限/,
  ),
  meaning('證件', 'documents', /證件|文件|書件|證明|資料/, /document|paper|evidence|proof/i, /應備/),
  meaning(
    '權責',
    'authority',
    /權責|核定|審核|決行|批准|負責|承辦|主辦|單位|核准/,
    /authorit|approv|decide|decision|responsible|in charge|review|unit/i,
    /權責|核定/,
  ),
  meaning('法定', 'by law', /法定|法律|依法|法規/, /law|statut|legal/i),
  meaning('目標', 'target', /目標/, /target|goal/i),
  meaning('起', 'from', /起/, /from|and up|start|counted/i),
  meaning('以上', 'and more', /以上|至少|達/, /more|least|over|from/i),
  meaning('未滿', 'below', /未滿|不足|低於|不滿/, /below|under|less/i),
  meaning('最低', 'at least', /最低|至少|最少|不低於|下限/, /least|minimum/i),
  meaning('最多', 'at most', /最多|最高|至多|上限|不超過|為限/, /most|maximum|limit/i),
  meaning('每', 'per', /每|逐/, /per|each|every/i),
  meaning('加', 'added', /加|另|附加/, /add|\+|extra|sur|other|further|more/i),
  meaning('減免', 'exemption', /減免|免除|免收|優待/, /exempt|waive|reduc/i),
  meaning('優惠', 'discount', /優惠|折扣|優待|減收/, /discount|reduc/i),
  meaning('退', 'refund', /退/, /refund|return/i),
  meaning('重新', 'again', /重新|再/, /restarts\b|again|anew|new/i, /重新/),
  meaning('接續', 'going on', /接續|繼續|續算|續計/, /not restart|goes on|continue|each stage/i, /接續/),
  meaning('延長', 'extension', /延長|展延|展期/, /exten|prolong/i),
];

/** Measures, which are nothing but their hole and a unit: these ways of writing them, the hole and blanks aside. */
const MEASURES: Readonly<Record<string, readonly string[]>> = {
  'unit-second': ['秒', '秒鐘'],
  'unit-minute': ['分鐘', '分'],
  'unit-hour': ['小時', '個小時', '時'],
  'unit-halfday': ['個半日', '個半天', '半日'],
  'unit-day': ['日', '天'],
  'unit-workday': ['工作日', '工作天', '個工作日', '個工作天'],
  'unit-week': ['週', '周', '星期', '個星期'],
  'unit-month': ['個月', '月'],
  'unit-year': ['年'],
  'half-a-day': ['半日', '半天'],
  dollars: ['元', '圓', '元整', '新臺幣元', '新台幣元', '新臺幣元整', '新台幣元整', 'NT$', 'NT$元', 'NTD', 'TWD'],
  'per-copy': ['每份', '每一份', '/份', '／份'],
  'per-sheet': ['每張', '每一張', '/張', '／張'],
  'per-page': ['每頁', '每一頁', '/頁', '／頁'],
  'per-item': ['每件', '每一件', '/件', '／件'],
  'per-time': ['每次', '每一次', '/次', '／次'],
  'per-person': ['每人', '每一人', '/人', '／人'],
  'per-hour': ['每小時', '每一小時', '/小時', '／小時'],
  'per-day': ['每日', '每天', '/日', '／日'],
  'per-month': ['每月', '每個月', '/月', '／月'],
  'per-year': ['每年', '/年', '／年'],
  article: ['第條'],
  paragraph: ['第項'],
  subparagraph: ['第款'],
};

const HOLE = /\{\d[^}]*\}/g;
const NEGATION: Readonly<Record<string, RegExp>> = {
  zh: /[不免無未非勿毋莫]/,
  en: /\b(?:no|not|none|never|without|nothing|nobody|cannot|free|exempt)\b|n['’]t\b/i,
};
const NUMERAL = '[〇零一二兩三四五六七八九十百千萬億半壹貳參肆伍陸柒捌玖拾佰仟]';
/** What makes a number of a sign, or another number of the one beside it. */
const BESIDE_HOLE = new RegExp(
  `(?:${NUMERAL}|[-−–+＋±×÷*%％‰/／.．,，~～≤≥<>＜＞])\\s*\\{\\d|\\{\\d[^}]*\\}\\s*(?:${NUMERAL}|[-−–+＋±×÷*%％‰.．,，])`,
  'u',
);
const COUNTED = new RegExp(`${NUMERAL}+\\s*(?:元|圓|日|天|個?月|年|小時|分鐘|週|星期|份|件|次|頁|張)`, 'u');

/** Why `own` cannot stand for the program's `word`; nothing where it can. `key` as in words.yaml, `lang` its language. */
export function judgeRewording(
  key: string,
  lang: string,
  word: string,
  own: string,
): { message: Say; hint: Say } | undefined {
  const refuse = (zh: string, en: string, hint?: Say): { message: Say; hint: Say } => ({
    message: { zh: `「${own}」${zh}；原文是「${word}」。`, en: `"${own}" ${en}; the program says "${word}".` },
    hint: hint ?? {
      zh: '換一個意思相同的說法，例如把「應備證件」寫成「應附文件」。',
      en: 'Say the same in other words, such as 應附文件 for 應備證件.',
    },
  });
  const added = (pattern: RegExp): string | undefined => {
    const found = pattern.exec(own)?.[0];
    return found !== undefined && !pattern.test(word) ? found : undefined;
  };
  const holes: readonly string[] = word.match(HOLE) ?? [];
  const ownHoles: readonly string[] = own.match(HOLE) ?? [];
  if (ownHoles.length > holes.length || [...ownHoles].sort().join() !== [...holes].sort().join())
    return refuse(`裡的 ${ownHoles.join('、')} 和原文不同`, 'has other parts in braces', {
      zh: `照原文保留 ${holes.join('、')}，各一次。`,
      en: `Keep ${holes.join(', ')}, each once.`,
    });
  // Two numbers change places where a fact is said; in a line about the paper the words around them tell which is which.
  if (!key.includes('.') && ownHoles.join() !== holes.join())
    return refuse(`把 ${holes.join('、')} 的順序換了`, 'has them in another order', {
      zh: `照原文的順序：${holes.join('、')}。`,
      en: `Keep their order: ${holes.join(', ')}.`,
    });
  if (/\p{L}/u.test(word.replace(HOLE, '')) && !/\p{L}/u.test(own.replace(HOLE, '')))
    return refuse('沒有文字', 'has no words');
  const digits = own
    .replace(HOLE, '')
    .match(/\p{N}+/gu)
    ?.find((each) => !word.replace(HOLE, '').includes(each));
  if (digits !== undefined) return refuse(`多了數字「${digits}」`, `has a number of its own, "${digits}"`);
  const counted = added(BESIDE_HOLE) ?? added(COUNTED);
  if (counted !== undefined) return refuse(`的「${counted}」會變成別的數目`, `makes another number ("${counted}")`);
  if (lang !== 'zh' && lang !== 'en') return undefined;
  const measures = MEASURES[key];
  if (measures) {
    const bare = own.replace(HOLE, '').replace(/\s/g, '');
    if (
      lang === 'zh'
        ? measures.includes(bare)
        : bare.toLowerCase() === word.replace(HOLE, '').replace(/\s/g, '').toLowerCase()
    )
      return undefined;
    return refuse('不是同一個單位', 'is not the same measure', {
      zh: `可用：${measures.map((each) => (holes.length > 0 ? each : `「${each}」`)).join('、')}。`,
      en: 'Only blanks and capitals may differ.',
    });
  }
  const said = MEANINGS.filter((each) => each[lang].test(word));
  const says = MEANINGS.filter((each) => each[lang].test(own));
  const begun = MEANINGS.find((each) => each.only?.[lang]?.test(own) && !said.includes(each));
  if (begun) return refuse(`說成了「${begun.name.zh}」`, `says "${begun.name.en}"`);
  // A heading or a line of an output's own is bound by what is a fact, and freer in the rest.
  const lost = said.find((each) => !says.includes(each) && (each.only || !key.includes('.')));
  if (lost)
    return refuse(`看不出是「${lost.name.zh}」`, `no longer says "${lost.name.en}"`, {
      zh: `新的用語要看得出是「${lost.name.zh}」。`,
      en: `The new word must still say "${lost.name.en}".`,
    });
  const no = NEGATION[lang];
  if (no && no.test(word) !== no.test(own) && !said.some((each) => each.only && says.includes(each)))
    return no.test(own)
      ? refuse(`多了「${no.exec(own)?.[0]}」，意思相反`, `says "${no.exec(own)?.[0]}", the contrary`)
      : refuse(`少了「${no.exec(word)?.[0]}」，意思相反`, `lacks "${no.exec(word)?.[0]}" and says the contrary`);
  return undefined;
}
