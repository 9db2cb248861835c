// The schema of a service: required documents, fee, deadline, authority, and what else its file may say.
import type { Source } from '../../core/source.js';
import { LONGEST_CHART } from '../bounds.js';
import { BY_CHANNEL } from '../duration.js';
import { chinese, KEYS } from '../keys.js';
import { deadline } from './deadline.js';
import { fee, validFields } from './fee.js';
import { duration, roles, stepList } from './procedure.js';
import { prose } from './prose.js';
import { citation, lazy, list, record } from './record.js';
import { choice, count, date, dates, day, fileId, flag, id, text, verbatim, words } from './scalars.js';
import { doc, FAULT, type Fields, type RecordOf, type Shape, type Unconfirmed } from './schema.js';
import { type Entry, isEmpty, linesOf, listMeant, namesCondition, pieces, type Tree } from './tree.js';

// ---------------------------------------------------------------- required documents

const KINDS = {
  original: ['正本'],
  copy: ['影本'],
  verified: ['驗正本收影本', '正本驗畢發還，收影本'],
  shown: ['驗正本', '正本驗畢發還', '出示正本'],
  either: ['正本或影本'],
  both: ['正本及影本', '正本與影本', '正本、影本', '正影本'],
  electronic: ['電子檔'],
} as const;
export type DocumentKind = keyof typeof KINDS;
/** The usual Chinese word for a kind. */
export const kindWord = (kind: DocumentKind): string => KINDS[kind][0];

/** 「6 個月以上」 says no more than 「6 個月」 of what must still be left. */
const remaining = duration(['6 個月', '1 年']);
const remainingTime: typeof remaining = {
  ...remaining,
  read: (tree, reading) =>
    remaining.read(tree.kind === 'scalar' ? { ...tree, text: tree.text.replace(/\s*以上\s*$/, '') } : tree, reading),
};
/** 已建檔者, 由本分署查詢; 「是」 says neither for whom nor why. */
const waivedFor: Shape<string, false> = {
  ...text(),
  read(tree, reading) {
    if (tree.kind !== 'scalar' || !/^(?:是|可|免附?|[yY]es|[tT]rue)$/.test(tree.text.trim()))
      return text().read(tree, reading);
    reading.report(
      'wrong-type',
      tree.span,
      {
        zh: `「${tree.text.trim()}」沒有寫誰可以不附；每個人都不必附的，不要列為應備證件。`,
        en: `"${tree.text.trim()}" does not say for whom it is waived; what nobody has to file is not listed.`,
      },
      { zh: '例如「免附: 已建檔者」「免附: 由本機關查詢」。', en: 'For example 免附: 已建檔者 or 免附: 由本機關查詢.' },
    );
    return FAULT;
  },
};
const documentBase = {
  name: { shape: text(), doc: doc('證件名稱', 'name of the document'), example: '身分證明文件', required: false },
  kind: {
    shape: choice(KINDS),
    doc: doc('正本、影本、驗正本、驗正本收影本、正本或影本、電子檔', 'original, copy, …'),
    example: '正本',
  },
  copies: { shape: count(), doc: doc('份數，可寫單位：2 張', 'how many, with their unit if need be'), example: '1' },
  duplicates: {
    shape: count(),
    doc: doc('正本以外，影本要幾份', 'how many copies beside the original'),
    example: '1',
  },
  kinds: {
    shape: count(),
    doc: doc('要幾種不同的，例如 沒有相片的證件 2 種', 'how many different ones of it'),
    example: '2 種',
  },
  fresh: {
    shape: duration(['3 個月', '6 個月']),
    doc: doc('多久內核發，例如 3 個月', 'issued within'),
    example: '3 個月',
  },
  remaining: {
    shape: remainingTime,
    doc: doc('效期至少還要多久，例如護照 6 個月', 'how long it must still be valid'),
    example: '6 個月',
  },
  where: { shape: text(), doc: doc('到哪裡取得，例如 戶政事務所', 'where to get it') },
  condition: { shape: text(), doc: doc('什麼情形才需要，例如 委託他人時', 'when it is needed'), example: '委託他人時' },
  applicants: { shape: list(text(), { split: true }), doc: doc('只有這些申請人需要', 'only for these applicants') },
  channel: { shape: list(text(), { split: true }), doc: doc('只有這些申請方式需要', 'only for these channels') },
  waived: {
    shape: waivedFor,
    doc: doc('機關可查得而免附時，寫明由誰查', 'need not be filed because the office can look it up'),
  },
  form: { shape: id(), doc: doc('所附書表的編號', 'id of the form') },
  order: { shape: count(), doc: doc('裝訂順序', 'order of filing') },
  basis: { shape: list(citation()), doc: doc('要這份證件的依據', 'legal basis') },
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;
export type RequiredDocument = RecordOf<typeof documentBase> & {
  readonly oneOf?: readonly RequiredDocument[] | Unconfirmed;
  readonly choose?: number | Unconfirmed;
};
const documentFields = {
  ...documentBase,
  oneOf: {
    shape: lazy(true, doc('證件清單', 'documents'), (): Shape<readonly RequiredDocument[], true> => documentList),
    doc: doc('下列擇一即可', 'any one of these'),
  },
  choose: {
    shape: count(),
    doc: doc('「擇一」的清單要選幾項；未寫即一項', 'how many of these; one when omitted'),
    example: '2',
  },
} as const satisfies Fields;
const documentItem = record(documentFields, {
  expected: doc('一項證件', 'a required document'),
  short: 'document',
}) as unknown as Shape<RequiredDocument, true>;
/** 「擇二: [甲, 乙, 丙]」: the number of 任選 within its key. */
const CHOICE = /^(?:下列)?(?:擇|任選)\s*([二兩三四五六七八九]|\d{1,2})\s*項?$/;
const documentChosen: Shape<RequiredDocument, true> = {
  ...documentItem,
  written: { kind: 'record', short: true, listed: false, others: CHOICE.source },
  read(tree, reading) {
    if (tree.kind === 'list') return documentItem.read(asOne(tree), reading);
    const chosen = tree.kind === 'map' ? tree.entries.find(({ key }) => CHOICE.test(key)) : undefined;
    if (tree.kind !== 'map' || !chosen) return documentItem.read(countedApart(tree), reading);
    const number: Tree = { kind: 'scalar', text: CHOICE.exec(chosen.key)?.[1] ?? '', span: chosen.keySpan };
    const entries = tree.entries.flatMap((entry) =>
      entry === chosen
        ? [
            { ...entry, key: chinese('oneOf') },
            { key: chinese('choose'), keySpan: entry.keySpan, value: number },
          ]
        : [entry],
    );
    return documentItem.read({ ...tree, entries }, reading);
  },
};
/** 擇一: [[健保卡, 戶籍謄本], 護照]: two papers that go together are one thing to choose. */
function asOne(tree: Tree & { kind: 'list' }): Tree {
  const names = tree.items.flatMap((item) => (item.kind === 'scalar' && !isEmpty(item) ? [item.text.trim()] : []));
  if (names.length === 0 || names.length < tree.items.length) return tree;
  const value: Tree = { kind: 'scalar', text: names.join('及'), span: tree.span };
  return { kind: 'map', entries: [{ key: chinese('name'), keySpan: tree.span, value }], span: tree.span };
}
/** 「正本 1 份、影本 2 份」. */
export const ORIGINAL_AND_COPY =
  /^正本\s*([\d一二三四五六七八九十兩]+)\s*(?:份|張|件)?\s*[、，,及與和]\s*影本\s*([\d一二三四五六七八九十兩]+)\s*(?:份|張|件)?$/;
/** 「份數: 正本 1、影本 2」 says of what there are how many. */
function countedApart(tree: Tree): Tree {
  if (tree.kind !== 'map') return tree;
  const counted = tree.entries.find(({ key }) => KEYS.copies?.includes(key));
  const value = counted?.value;
  const parts = value?.kind === 'scalar' ? ORIGINAL_AND_COPY.exec(value.text.trim()) : null;
  if (!counted || !value || !parts) return tree;
  const number = (key: string, text = ''): Entry => ({
    ...counted,
    key: chinese(key),
    value: { ...value, kind: 'scalar', text },
  });
  const original = tree.entries.some(({ key }) => KEYS.kind?.includes(key)) ? [] : [number('kind', '正本')];
  return {
    ...tree,
    entries: tree.entries.flatMap((entry) =>
      entry === counted ? [...original, number('copies', parts[1]), number('duplicates', parts[2])] : [entry],
    ),
  };
}

const KEYS_OF_DOCUMENT = new Set(Object.keys(documentFields).flatMap((key) => [key, ...(KEYS[key] ?? [])]));
/** What everybody needs, beside what only some do: 「一般: [申請書]」. */
const FOR_ALL = /^(?:一般|共同|均須檢?附|所有申請人)$/;
/** When documents are needed, as a key above them: 「未滿 14 歲時: [戶口名簿]」「委託申請: […]」. */
const isConditional = ({ key }: Entry): boolean => namesCondition(key) && !KEYS_OF_DOCUMENT.has(key);

/** Whether keys are conditions; what is for all stands beside one. */
const areGroups = (entries: readonly Entry[]): boolean =>
  entries.some(isConditional) && entries.every((entry) => isConditional(entry) || FOR_ALL.test(entry.key));

/** The documents of a list, those below a condition each with it. */
function underConditions(tree: Tree): Tree[] {
  if (tree.kind !== 'map' || !areGroups(tree.entries)) return [tree];
  return tree.entries.flatMap(({ key, keySpan, value }) => {
    const condition: Entry = {
      key: chinese('condition'),
      keySpan,
      value: { kind: 'scalar', text: key, span: keySpan },
    };
    const below = listMeant(value);
    const items = below.kind === 'list' ? below.items : [below];
    if (FOR_ALL.test(key)) return items;
    return items.map((each): Tree => {
      if (each.kind === 'map') return { ...each, entries: [...each.entries, condition] };
      if (each.kind === 'list') return each;
      return { kind: 'map', short: { text: each.text, span: each.span }, entries: [condition], span: each.span };
    });
  });
}
const documentsListed = list(documentChosen);
const documentList: Shape<readonly RequiredDocument[], true> = {
  ...documentsListed,
  read(tree, reading) {
    const meant = listMeant(tree);
    const items = meant.kind === 'list' ? meant.items : [meant];
    return documentsListed.read({ kind: 'list', items: items.flatMap(underConditions), span: tree.span }, reading);
  },
};
const besideFields = {
  name: {
    shape: text(),
    doc: doc('要做什麼，例如 本人親自到場、由戶政事務所核轉', 'what is asked for'),
    required: true,
  },
  condition: { shape: text(), doc: doc('什麼情形才需要', 'when it is needed') },
  basis: { shape: list(citation()), doc: doc('依據', 'legal basis') },
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;
const documentsFields = {
  none: { shape: flag(), doc: doc('不需任何證件', 'no document is needed') },
  items: { shape: documentList, doc: doc('各項證件', 'the documents') },
  like: {
    shape: id(),
    doc: doc(
      '與另一項服務相同：寫它的編號，本項的清單加在後面',
      'as of another service, by its id; own documents are added',
    ),
  },
  beside: {
    shape: list(
      record(besideFields, { expected: doc('證件以外的要件', 'what is asked for beside documents'), short: 'named' }),
    ),
    doc: doc('不是證件的要件：親自到場、核轉…', 'what is no document: coming in person, …'),
  },
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;

const documentsRecord = record(documentsFields, {
  expected: doc('應備證件清單；不需要時寫「無」', 'a list of documents, or 無'),
  short: 'documents',
  listAs: 'items',
});
/** 「身分證、健保卡（擇一）」「下列文件擇一：身分證、健保卡」: one of them is enough. */
export const CHOSEN =
  /^(?:(?:下列|以下)?(?:文件|證件|資料)?(?:二?擇一|任選一[種項])(?:檢附|即可)?[：:]\s*(\S.*)|([^：:]+?)[（(](?:二?擇一|任選一[種項])(?:檢附|即可)?[）)])$/;
/** 「身分證正本、印章」: each piece is called as a document is. */
const CALLED_DOCUMENT =
  /^[^或擇及與和]*(?:[證書章表本單據卡狀簿圖函照片契]|文件|資料|護照|證明|影本|正本|\d\s*[份張件])(?:[（(][^（）()]*[）)])?$/;
const documents: typeof documentsRecord = {
  ...documentsRecord,
  read(tree, reading) {
    if (tree.kind === 'map') {
      return documentsRecord.read(
        areGroups(tree.entries) ? { kind: 'list', items: [tree], span: tree.span } : tree,
        reading,
      );
    }
    if (tree.kind === 'list' || isEmpty(tree)) return documentsRecord.read(tree, reading);
    const lines = linesOf(tree);
    const cut = lines.length === 1 && !CHOSEN.test(tree.text) ? pieces(tree.text, tree.span) : [];
    const several = cut.length > 1 && cut.every(({ text: piece }) => CALLED_DOCUMENT.test(piece));
    const items = several ? cut.map((piece): Tree => ({ kind: 'scalar', ...piece })) : lines;
    return documentsRecord.read(items.length > 1 ? { kind: 'list', items, span: tree.span } : tree, reading);
  },
};

// ---------------------------------------------------------------- authority

const chainFields = {
  stage: { shape: text(), doc: doc('階段名稱', 'stage') },
  prepare: { shape: roles, doc: doc('擬辦', 'who prepares') },
  review: { shape: roles, doc: doc('審核', 'who reviews') },
  countersign: { shape: roles, doc: doc('會辦', 'who countersigns') },
  decide: { shape: roles, doc: doc('核定', 'who decides') },
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;
const authorityFields = {
  prepare: chainFields.prepare,
  review: chainFields.review,
  countersign: chainFields.countersign,
  decide: chainFields.decide,
  stages: {
    shape: list(record(chainFields, { expected: doc('一個階段', 'a stage') })),
    doc: doc('分階段的權責', 'authority by stage'),
  },
  basis: { shape: list(citation()), doc: doc('依據（分層負責明細表）', 'legal basis') },
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;
export type Authority = RecordOf<typeof authorityFields>;

// ---------------------------------------------------------------- service

const applicantFields = {
  who: { shape: text(), doc: doc('對象', 'who'), required: true },
  joint: { shape: flag(), doc: doc('是否須共同申請', 'whether they apply together') },
  condition: { shape: text(), doc: doc('條件', 'condition') },
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;
const agentFields = {
  who: { shape: text(), doc: doc('哪一種代理人，例如 配偶、律師', 'which agent'), required: true, example: '配偶' },
  condition: { shape: text(), doc: doc('什麼情形才可以', 'when') },
  documents: { shape: list(text(), { split: true }), doc: doc('代理人要帶的證件', 'what the agent brings') },
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;
/** How a service stands that is not on offer all the time. */
export const STATES: Readonly<Record<'ceased' | 'paused' | 'seasonal', readonly string[]>> = {
  ceased: ['停辦', '停止辦理'],
  paused: ['暫停', '暫停辦理'],
  seasonal: ['季節', '季節性'],
};
const statusFields = {
  state: {
    shape: choice(STATES),
    doc: doc('停辦、暫停或季節', 'ceased, paused or seasonal'),
    required: true,
    example: '停辦',
  },
  reason: { shape: text(), doc: doc('為什麼', 'why') },
  effective: validFields.effective,
  until: validFields.until,
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;
const confirmedFields = {
  by: { shape: text(), doc: doc('誰確認的', 'who'), required: true, example: '執行一科' },
  date: { shape: day(), doc: doc('哪一天', 'when'), example: '115年11月23日' },
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;
const channelFields = {
  name: { shape: text(), doc: doc('申請方式', 'channel'), required: true, example: '臨櫃' },
  place: { shape: text(), doc: doc('地點', 'place') },
  hours: { shape: text(), doc: doc('時間', 'hours') },
  url: { shape: verbatim(), doc: doc('網址', 'address') },
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;
const channelList = list(record(channelFields, { expected: doc('申請方式', 'a channel'), short: 'channel' }));
/** 「臨櫃、郵寄或網路」 are three channels, where each piece is called as one. */
const channels: typeof channelList = {
  ...channelList,
  read(tree, reading) {
    const meant = listMeant(tree);
    if (meant.kind !== 'scalar') return channelList.read(meant, reading);
    const cut = pieces(meant.text, meant.span, '、，,／/或及');
    // A colon begins where it is, and the next comma does not end that.
    const several =
      cut.length > 1 &&
      cut.every(({ text: piece }) => BY_CHANNEL.test(piece) && !/[：:]/.test(piece.replace(/（[^（）]*）/g, '')));
    const items = several ? cut.map((piece): Tree => ({ kind: 'scalar', ...piece })) : [meant];
    return channelList.read({ kind: 'list', items, span: meant.span }, reading);
  },
};
const resultFields = {
  name: { shape: text(), doc: doc('發給什麼、有什麼效果', 'result'), required: true },
  validity: { shape: text(), doc: doc('效期', 'validity') },
  delivery: { shape: text(), doc: doc('如何交付', 'delivery') },
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;
const remedyFields = {
  remedy: { shape: text(), doc: doc('救濟方式', 'remedy'), required: true },
  limit: { shape: text(), doc: doc('期限', 'time limit') },
  to: { shape: text(), doc: doc('受理機關', 'to whom') },
  basis: { shape: list(citation()), doc: doc('依據', 'legal basis') },
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;
const contactFields = {
  unit: { shape: text(), doc: doc('單位', 'unit') },
  telephone: { shape: text(), doc: doc('電話', 'telephone') },
  extension: { shape: text(), doc: doc('分機', 'extension') },
  floor: { shape: text(), doc: doc('樓層', 'floor') },
  deputy: { shape: text(), doc: doc('代理人', 'deputy') },
  note: { shape: text(), doc: doc('說明', 'note') },
} as const satisfies Fields;

/** What says that nobody asks for it: the office does it of itself. */
const NO_PROCEDURE = /^(?:無|免|(?:無|不)[須需必用]?申請|免申請|無申請程序|(?:由?(?:本?機關|本分署))?主動辦理)[。．]?$/;
/** The steps; none where 無須申請 is said. */
const procedure: typeof stepList = {
  ...stepList,
  read: (tree, reading) =>
    tree.kind === 'scalar' && NO_PROCEDURE.test(tree.text.trim()) ? [] : stepList.read(tree, reading),
};

const entryFields = {
  name: { shape: text(), doc: doc('服務名稱', 'name of the service'), example: '聲明異議' },
  summary: { shape: text(), doc: doc('一句話說明', 'one sentence') },
  unit: { shape: roles, doc: doc('承辦單位', 'unit in charge') },
  applicant: {
    shape: list(record(applicantFields, { expected: doc('申請人', 'an applicant'), short: 'applicant' })),
    doc: doc('誰可以申請', 'who may apply'),
  },
  representation: { shape: text(), doc: doc('可否委託他人', 'representation') },
  agents: {
    shape: list(record(agentFields, { expected: doc('一種代理人', 'a class of agents'), short: 'applicant' })),
    doc: doc('哪些人可以代理', 'who may act for the applicant'),
  },
  eligibility: { shape: prose(), doc: doc('申請資格或事由', 'eligibility') },
  window: {
    shape: dates(),
    doc: doc('何時可以申請，例如 每年 3 月 1 日前', 'window in which to apply, such as 每年 3 月 1 日前'),
    example: '每年 3 月 1 日前',
  },
  preconditions: { shape: list(text()), doc: doc('申請前須先完成', 'preconditions') },
  channels: {
    shape: channels,
    doc: doc('申請方式', 'channels'),
  },
  place: { shape: text(), doc: doc('辦理地點', 'place') },
  hours: { shape: text(), doc: doc('辦理時間', 'hours') },
  documents: {
    shape: documents,
    doc: doc('應備證件；不需要時寫「無」', 'required documents, or 無'),
  },
  fee: {
    shape: fee,
    doc: doc('規費；不收費時寫「免費」', 'fee, or 免費'),
  },
  deadline: {
    shape: deadline,
    doc: doc('辦理時限', 'deadline'),
  },
  authority: {
    shape: record(authorityFields, {
      expected: doc('審核權責（例如 分署長）', 'the approving authority'),
      short: 'authority',
      listAs: 'stages',
    }),
    doc: doc('審核權責（擬辦、審核、會辦、核定）', 'approving authority'),
  },
  procedure: {
    shape: procedure,
    doc: doc('申請程序；不必申請時寫「無須申請」', 'procedure, or 無須申請 where there is nothing to ask for'),
  },
  total: {
    shape: duration(['10 日', '3 工作日']),
    doc: doc('申請程序全部要多久，印在步驟表最後', 'how long the whole procedure takes'),
    example: '10 日',
  },
  mermaid: { shape: verbatim(LONGEST_CHART), doc: doc('直接以 Mermaid 文字畫的流程圖', 'a chart as Mermaid text') },
  result: {
    shape: list(record(resultFields, { expected: doc('辦理結果', 'a result'), short: 'result' })),
    doc: doc('辦理結果與效期', 'result'),
  },
  remedies: {
    shape: list(record(remedyFields, { expected: doc('救濟方式', 'a remedy'), short: 'remedy' })),
    doc: doc('不服時的救濟', 'remedies'),
  },
  related: { shape: list(id()), doc: doc('相關服務的編號', 'ids of related services') },
  forms: { shape: list(id()), doc: doc('書表的編號', 'ids of forms') },
  basis: { shape: list(citation()), doc: doc('法令依據', 'legal basis') },
  contact: {
    shape: record(contactFields, { expected: doc('聯絡方式', 'contact'), short: 'contact' }),
    doc: doc('洽詢單位、電話', 'contact'),
  },
  status: {
    shape: record(statusFields, { expected: doc('停辦、暫停或季節', 'ceased, paused or seasonal'), short: 'status' }),
    doc: doc('停辦、暫停或季節性，與理由', 'whether it is on offer, and why not'),
  },
  visits: { shape: count(), doc: doc('最多要來幾次', 'visits at most'), example: '1 次' },
  complaints: { shape: text(), doc: doc('申訴電話', 'telephone for complaints') },
  confirmed: {
    shape: record(confirmedFields, { expected: doc('承辦確認', 'the confirmation'), short: 'confirmed' }),
    doc: doc('承辦確認：誰、哪一天', 'who confirmed it, and when'),
  },
  notes: { shape: prose(), doc: doc('注意事項（可用 Markdown）', 'notes (Markdown)') },
  findings: { shape: prose(), doc: doc('資料查證說明（各來源不一致之處）', 'what the sources disagree on') },
} as const satisfies Fields;

/** Names in one line, or one each in a list, where 、 is part of a name: 名稱、事務所及代表人資料. */
const names: Shape<readonly string[], false> = {
  ...list(words()),
  read: (tree, reading) => list(words(), { split: tree.kind === 'scalar' }).read(tree, reading),
};
/** A case worked out by hand: who asks, and what he is answered. What it says is held against what is computed. */
const exampleFields = {
  name: {
    shape: words(),
    doc: doc('什麼情境，一句話', 'the case in a sentence'),
    required: true,
    example: '公司委託他人以書面申請',
  },
  variant: { shape: words(), doc: doc('哪一個子項目', 'which sub-service') },
  applicant: { shape: words(), doc: doc('哪一種申請人', 'which applicant'), example: '義務人' },
  representation: { shape: words(), doc: doc('由誰代理；未寫即本人', 'who acts; the applicant when omitted') },
  channel: { shape: words(), doc: doc('哪一種申請方式', 'which channel'), example: '書面' },
  case: { shape: words(), doc: doc('哪一種案件', 'which kind of case') },
  conditions: {
    shape: list(words()),
    doc: doc('符合哪些情形；沒有列的就是不符合', 'which conditions hold; all others do not'),
    example: '[公司申請時]',
  },
  quantities: {
    shape: names,
    doc: doc('各項數量，例如 影印 3 頁', 'how many of what, such as 影印 3 頁'),
    example: '影印 3 頁',
  },
  date: { shape: date(), doc: doc('哪一天申請', 'day of the application'), example: '115年11月23日' },
  documents: {
    shape: names,
    doc: doc(
      '應備哪些證件；括號裡寫形式、份數的，一併核對',
      'which documents; with form and copies in brackets these are held against it too',
    ),
    example: '申請書（正本、1 份）、委任書',
  },
  fee: { shape: words(), doc: doc('共多少；不知道的寫待確認', 'the sum, or 待確認'), example: '120 元' },
  limit: { shape: words(), doc: doc('多久辦好；不知道的寫待確認', 'the time limit, or 待確認'), example: '15 日' },
  note: { shape: words(), doc: doc('說明', 'note') },
} as const satisfies Fields;
export type Example = RecordOf<typeof exampleFields>;

const variantFields = {
  id: {
    shape: fileId(),
    doc: doc('編號（英文），用在檔名；未寫為 sub-1、sub-2…', 'id, in names of files; sub-1, sub-2 … when omitted'),
    example: 'renewal',
  },
  ...entryFields,
} as const satisfies Fields;
export type Variant = RecordOf<typeof variantFields>;
export const serviceFields = {
  id: {
    shape: fileId(),
    doc: doc('編號（英文）；未寫則用檔名', 'id; the file name when omitted'),
    example: 'objection',
  },
  ...entryFields,
  name: { ...entryFields.name, required: true },
  aliases: {
    shape: list(text(), { split: true }),
    doc: doc('俗稱：民眾怎麼叫它，搜尋時找得到', 'what people call it, so that a search finds it'),
    example: '[異議, 申訴執行命令]',
  },
  variants: {
    shape: list(record(variantFields, { expected: doc('子項目', 'a sub-service') })),
    doc: doc(
      '子項目：只寫與本項不同之處；寫了的代替本項所寫，沒寫的與本項相同',
      'sub-services: only what differs; it stands in place of what the service says',
    ),
  },
  examples: {
    shape: list(record(exampleFields, { expected: doc('一個情境', 'a worked example'), short: 'named' })),
    doc: doc('情境：什麼人怎麼申請，應得到什麼答案', 'worked examples: who asks, and what is answered'),
  },
} as const satisfies Fields;

/** A service: id and file are settled, variants carry the shared fields of their service. */
export type Service = Omit<RecordOf<typeof serviceFields>, 'id' | 'name'> & {
  readonly id: string;
  readonly name: string;
  readonly source: Source;
};
export const serviceShape = record(serviceFields, { expected: doc('一項服務', 'a service') });
