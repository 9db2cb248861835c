// The schema of a deadline: one limit, or limits by channel, case and stage, and what makes them longer.
import { BY_CHANNEL, CASE_NAME, isAtOnce, isEndless } from '../duration.js';
import { chinese, KEYS } from '../keys.js';
import type { Rate } from './fee.js';
import { duration, roles } from './procedure.js';
import { citation, list, record } from './record.js';
import { choice, count, flag, shorthand, text } from './scalars.js';
import { doc, type Fields, type RecordOf, type Shape } from './schema.js';
import { type Entry, listMeant, type Tree } from './tree.js';

const stageFields = {
  name: { shape: text(), doc: doc('階段名稱', 'name of the stage'), required: true },
  limit: { shape: duration(), doc: doc('期限', 'limit'), required: true },
  from: { shape: text(), doc: doc('自何時起算', 'counted from') },
  actor: { shape: roles, doc: doc('由誰辦理', 'who') },
  statutory: { shape: flag(), doc: doc('是否為法定期限', 'whether the law sets it') },
  yours: { shape: flag(), doc: doc('這個期限是申請人要守的', 'whether it binds the applicant') },
  basis: { shape: list(citation()), doc: doc('依據', 'legal basis') },
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;
const statutoryFields = {
  limit: { shape: duration(), doc: doc('期限', 'limit'), required: true },
  from: { shape: text(), doc: doc('自何時起算', 'counted from') },
  yours: {
    shape: flag(),
    doc: doc(
      '這個期限是申請人要守的（是），或本機關要守的（否）',
      'whether it binds the applicant (yes) or the office (no)',
    ),
  },
  basis: { shape: list(citation()), doc: doc('依據', 'legal basis') },
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;
const openLimit = {
  limit: {
    shape: duration(),
    doc: doc('期限；沒有期限時改寫「不定期限」', 'limit; where there is none, 不定期限 (open)'),
  },
  immediate: { shape: flag(), doc: doc('隨到隨辦', 'done while you wait') },
  open: { shape: text(), doc: doc('不定期限的理由', 'why there is no limit') },
} as const satisfies Fields;
const byChannelFields = {
  channel: { shape: text(), doc: doc('申請方式', 'channel'), required: true },
  case: { shape: text(), doc: doc('只有這種案件', 'only for this kind of case') },
  ...openLimit,
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;
const byCaseFields = {
  case: { shape: text(), doc: doc('案件種類', 'kind of case'), required: true },
  channel: { shape: text(), doc: doc('只有這種申請方式', 'only by this channel') },
  ...openLimit,
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;
const extraFields = {
  office: { shape: text(), doc: doc('會辦機關', 'the other office') },
  case: { shape: text(), doc: doc('情形', 'when') },
  limit: { shape: duration(), doc: doc('加計時間', 'extra time'), required: true },
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;
const correctionFields = {
  limit: { shape: duration(['7 日', '15 日']), doc: doc('補正期限', 'time to correct'), required: true },
  restart: { shape: flag(), doc: doc('補正後是否重新起算', 'whether the clock restarts') },
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;
const prolongFields = {
  limit: { shape: duration(['15 日', '1 個月']), doc: doc('延長多久', 'by how much') },
  times: { shape: count(), doc: doc('可延長幾次', 'how often') },
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;
const achievedFields = {
  share: {
    shape: shorthand<Rate>('rate', doc('比率（例如 97%）', 'a rate such as 97%')),
    doc: doc('比率', 'share'),
    required: true,
    example: '97%',
  },
  period: { shape: text(), doc: doc('哪一段期間，例如 114 年', 'in which time'), example: '114 年' },
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;
/** What is written for a limit and is none: 隨到隨辦 says that one waits for it, 無期限 that there is none. */
const noLimitIn = (tree: Tree): 'immediate' | 'open' | undefined =>
  tree.kind !== 'scalar' ? undefined : isAtOnce(tree.text) ? 'immediate' : isEndless(tree.text) ? 'open' : undefined;
const limitMeant = (tree: Tree): Tree =>
  tree.kind !== 'map'
    ? tree
    : {
        ...tree,
        entries: tree.entries.map((entry): Entry => {
          const key = KEYS.limit?.includes(entry.key) ? noLimitIn(entry.value) : undefined;
          if (key === undefined || entry.value.kind !== 'scalar') return entry;
          return { ...entry, key: chinese(key), value: { ...entry.value, text: '是' } };
        }),
      };

/** A list of limits; a group of names stands for it as well: {臨櫃: 1 小時, 網路: 3 日}. */
function byName<T>(field: 'channel' | 'case', limit: Shape<T, true>): Shape<readonly T[], true> {
  const limits = list(limit);
  const spellings = new Set(Object.keys(limit.fields ?? {}).flatMap((key) => [key, ...(KEYS[key] ?? [])]));
  return {
    ...limits,
    written: { kind: 'list', of: limit, byName: true },
    read(tree, reading) {
      if (tree.kind !== 'map' || tree.entries.some(({ key }) => spellings.has(key)))
        return limits.read(tree.kind === 'list' ? { ...tree, items: tree.items.map(limitMeant) } : tree, reading);
      const items = tree.entries.map(({ key, keySpan, value }): Tree => {
        const name: Entry = { key: chinese(field), keySpan, value: { kind: 'scalar', text: key, span: keySpan } };
        if (value.kind === 'map') return limitMeant({ ...value, entries: [name, ...value.entries] });
        const none = noLimitIn(value);
        const how: Entry =
          none === undefined
            ? { key: chinese('limit'), keySpan, value }
            : { key: chinese(none), keySpan, value: { kind: 'scalar', text: '是', span: value.span } };
        return { kind: 'map', entries: [name, how], span: { ...keySpan, end: value.span.end } };
      });
      return limits.read({ kind: 'list', items, span: tree.span }, reading);
    },
  };
}
const deadlineFields = {
  immediate: { shape: flag(), doc: doc('隨到隨辦', 'done while you wait') },
  limit: { shape: duration(), doc: doc('本機關的期限', 'the office’s own limit'), example: '3 工作日' },
  target: { shape: duration(['30 分鐘', '2 小時']), doc: doc('努力目標', 'target') },
  from: { shape: text(), doc: doc('自何時起算，例如 收件之次日', 'counted from') },
  statutory: {
    shape: record(statutoryFields, { expected: doc('法定期限', 'the statutory limit'), short: 'statutory' }),
    doc: doc('法定期限', 'statutory limit'),
  },
  stages: {
    shape: list(record(stageFields, { expected: doc('一個階段', 'a stage'), short: 'stage', headAs: 'name' })),
    doc: doc('分段時限', 'stage limits'),
  },
  counting: {
    shape: choice({ together: ['同一起算'], successive: ['接續起算', '接續'] }),
    doc: doc('各階段同一起算，或接續起算', 'stages counted from one start, or one after another'),
  },
  byChannel: {
    shape: byName(
      'channel',
      record(byChannelFields, {
        expected: doc('依申請方式的期限', 'a limit by channel'),
        short: 'byChannel',
        headAs: 'channel',
        either: ['limit', 'open', 'immediate'],
      }),
    ),
    doc: doc('依申請方式', 'by channel'),
  },
  byCase: {
    shape: byName(
      'case',
      record(byCaseFields, {
        expected: doc('依案件的期限', 'a limit by case'),
        short: 'byCase',
        headAs: 'case',
        either: ['limit', 'open', 'immediate'],
      }),
    ),
    doc: doc('依案件種類', 'by kind of case'),
  },
  extra: {
    shape: list(record(extraFields, { expected: doc('加計時間', 'extra time') })),
    doc: doc('會商其他機關時加計', 'extra time when another office is asked'),
  },
  correction: {
    shape: record(correctionFields, { expected: doc('補正期限', 'time to correct'), short: 'correction' }),
    doc: doc('補正', 'correction'),
  },
  prolong: {
    shape: record(prolongFields, { expected: doc('延長', 'extension'), short: 'prolong' }),
    doc: doc('延長', 'extension'),
  },
  open: { shape: text(), doc: doc('不定期限的理由', 'why there is no limit') },
  excluded: {
    shape: list(text(), { split: true }),
    doc: doc('不算在期限內的時間，例如 補正、會勘', 'time that does not count'),
    example: '補正、會辦',
  },
  lapse: {
    shape: text(),
    doc: doc('逾期未辦的效果，例如 視為核准', 'what follows when it passes'),
    example: '視為核准',
  },
  met: {
    shape: shorthand<Rate>('rate', doc('比率（例如 95%）', 'a rate such as 95%')),
    doc: doc('目標達標率', 'share to be done in time'),
    example: '95%',
  },
  achieved: {
    shape: record(achievedFields, {
      expected: doc('實績（例如 97%（114 年））', 'what was achieved'),
      short: 'achieved',
    }),
    doc: doc('實績：實際準時的比率與期間', 'what was achieved'),
  },
  basis: { shape: list(citation()), doc: doc('依據', 'legal basis') },
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;
export type Deadline = RecordOf<typeof deadlineFields>;
/** A bare list of limits: stages, or cases or channels by how they are called (一般案件：9 日; 臨櫃：1 小時). */
function limitsIn(items: readonly Tree[]): string {
  const called = (key: string): boolean =>
    items.every((item) => item.kind === 'map' && item.entries.some((each) => KEYS[key]?.includes(each.key)));
  if (called('case')) return 'byCase';
  if (called('channel')) return 'byChannel';
  const names = items.map((item) => (item.kind === 'scalar' ? item.text : item.kind === 'map' ? item.short?.text : ''));
  if (names.every((name = '') => CHANNEL_NAMED.test(name))) return 'byChannel';
  // A stage takes some time; what is done at once, or has no limit, is a case.
  if (names.some((name = '') => isNoTime(name.replace(/^[^：:]{1,30}[：:]/, '')))) return 'byCase';
  return names.every((name = '') => CASE_NAMED.test(name)) ? 'byCase' : 'stages';
}
const isNoTime = (text: string): boolean => isAtOnce(text) || isEndless(text);
const CHANNEL_NAMED = /^(網路|線上|臨櫃|郵寄|電話|傳真|現場|書面|掛號)/;
const CASE_NAMED = /^[^：:]{0,28}(案件|案|件|者|類|型|時|戶)(?:\s*[：:]|\s*[\d一二三四五六七八九十兩半]|隨到隨辦)/;
const deadlineItem = record(deadlineFields, {
  expected: doc('辦理時限（例如 3 工作日、隨到隨辦）', 'a deadline such as 3 工作日 or 隨到隨辦'),
  short: 'deadline',
  listAs: limitsIn,
});
const DEADLINE_KEYS = new Set(Object.keys(deadlineFields).flatMap((key) => [key, ...(KEYS[key] ?? [])]));
/** {臨櫃: 1 小時, 網路: 3 日} is a deadline by channel, {一般案件: 9 日, 特殊案件: 30 日} one by case. */
export const deadline: typeof deadlineItem = {
  ...deadlineItem,
  read(written, reading) {
    const tree = listMeant(written);
    const names = tree.kind === 'map' ? tree.entries.map(({ key }) => key) : [];
    const known = names.some((name) => DEADLINE_KEYS.has(name));
    const by = (named: RegExp): boolean => names.length > 0 && !known && names.every((name) => named.test(name));
    const field = by(BY_CHANNEL) ? 'byChannel' : by(CASE_NAME) ? 'byCase' : undefined;
    if (field === undefined) return deadlineItem.read(limitMeant(tree), reading);
    const entries = [{ key: chinese(field), keySpan: tree.span, value: tree }];
    return deadlineItem.read({ kind: 'map', entries, span: tree.span }, reading);
  },
};
