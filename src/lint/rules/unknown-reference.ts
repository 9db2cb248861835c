// A name that stands for something else must find it: unit, title, office, form, service, chapter, step.

import { isAtHand } from '../../content/schema/model.js';
import type { Role } from '../../content/schema/procedure.js';
import { isUnconfirmed, known, type Unconfirmed } from '../../content/schema/schema.js';
import { saysUnconfirmed } from '../../content/schema/tree.js';
import { nearest } from '../../core/nearest.js';
import type { Say, Span } from '../../core/source.js';
import { RECORD, record, withSteps } from '../example-records.js';
import type { Entry, Found, Mention, Rule } from '../rule.js';

export default {
  severity: 'error',
  why: {
    zh: '指向不存在的單位、書表、服務或步驟，民眾會找不到，流程圖也會斷線。',
    en: 'A reference to nothing sends the citizen nowhere and breaks the chart.',
  },
  good: [
    {
      text: record({ 審核權責: '{擬辦: 秘書室書記官, 核定: 分署長}' }),
    },
  ],
  bad: [
    {
      text: record({ 審核權責: '分署員' }),
      at: '分署員',
    },
    {
      text: record({ 審核權責: '{核定: {單位: 祕書科, 職稱: 書記官}}' }),
      at: '祕書科',
    },
    {
      text: `${RECORD}相關服務: [objection]\n`,
      at: 'objection',
    },
    {
      text: record({ 應備證件: '{比照: objection}' }),
      at: 'objection',
    },
    {
      text: withSteps(
        '  - 提出申請書\n  - 判斷: 齊備？\n    分支: {是: ok, 否: nowhere}\n  - {結束: 通知申請人, 編號: ok}\n',
      ),
      at: 'nowhere',
    },
    {
      file: 'office.yaml',
      text: `名稱: 範例分署
單位: [執行一科, 秘書室, 服務台]
職稱: [書記官, 分署長]
地址: 範例路1號
電話: 00-0000-0000
職務代理人: [{姓名: 書記官, 代理人: 同股書記官}]
服務標準: {引導時限: 5 分鐘, 臨櫃辦畢時限: 30 分鐘, 電話接聽時限: 10 秒, 最多洽辦次數: 2 次}
同仁: [{姓名: 甲, 單位: 執行一課, 職稱: 書記官}]
`,
      at: '執行一課',
    },
  ],
  check(handbook, report, procedures) {
    const { office, book, services } = handbook;
    const formIds = (): string[] => (known(book.forms) ?? []).flatMap((form) => form.id ?? []);
    const unitNames = (): string[] => names(office.units);
    const officeNames = (): string[] => [...names(office.offices), ...names([office])];
    const titles = (): readonly string[] => known(office.titles) ?? [];

    /** Names are gathered only where one is looked for: most services write none out. */
    const expect = (name: string | undefined, there: () => readonly string[], what: Say, span: Span): void => {
      if (name === undefined || saysUnconfirmed(name)) return;
      const all = there();
      if (!all.includes(name)) report(missing(name, all, what, span));
    };
    const expectAll = (
      list: readonly string[] | Unconfirmed | undefined,
      there: () => readonly string[],
      what: Say,
      span: Span | undefined,
    ): void => {
      for (const { word, span: at } of listed(list, span)) expect(word, there, what, at);
    };
    /** Roles written out in full; those in one line were resolved while reading. */
    const expectRoles = (roles: readonly Role[] | Unconfirmed | undefined): void => {
      if (roles === undefined || isUnconfirmed(roles)) return;
      for (const { office: other, unit, titles: ranks, at, written } of roles) {
        if (written !== undefined) continue;
        if (at.office) expect(other, officeNames, { zh: '機關', en: 'office' }, at.office);
        if (other !== undefined && other !== office.name && other !== office.short) continue;
        if (at.unit) expect(unit, unitNames, { zh: '單位', en: 'unit' }, at.unit);
        expectAll(ranks, titles, { zh: '職稱', en: 'title' }, at.titles);
      }
    };

    // Beside an excerpt the office only stands: its staff is judged once, with its own file.
    if (isAtHand(handbook, office))
      for (const { unit, titles: ranks, at } of known(office.staff) ?? []) {
        if (at.unit) expect(unit, unitNames, { zh: '單位', en: 'unit' }, at.unit);
        expectAll(ranks, titles, { zh: '職稱', en: 'title' }, at.titles);
      }

    const FORM = { zh: '書表', en: 'form' };
    for (const service of services)
      for (const entry of [service, ...(known(service.variants) ?? [])]) {
        expectRoles(entry.unit);
        const authority = known(entry.authority);
        for (const stage of [authority, ...(known(authority?.stages) ?? [])])
          for (const roles of [stage?.prepare, stage?.review, stage?.countersign, stage?.decide]) expectRoles(roles);
        for (const stage of known(known(entry.deadline)?.stages) ?? []) expectRoles(stage.actor);
        expectAll(entry.forms, formIds, FORM, entry.at.forms);
        for (const document of known(known(entry.documents)?.items) ?? [])
          if (document.at.form) expect(document.form, formIds, FORM, document.at.form);
        const contact = known(entry.contact);
        if (contact?.at.unit) expect(contact.unit, unitNames, { zh: '單位', en: 'unit' }, contact.at.unit);
      }
    for (const { flow } of procedures) {
      for (const { rule, span, message, hint } of flow.faults)
        if (rule === 'unknown-reference') report({ span, message, ...(hint ? { hint } : {}) });
      for (const { step, kind } of flow.nodes) {
        if (kind === 'join') continue;
        expectRoles(step.actor);
        expectAll(step.forms, formIds, FORM, step.at.forms);
      }
    }
  },
  /** The services that are referred to: which there are, only the whole book knows. */
  mentions(handbook, procedures) {
    const { book, services } = handbook;
    return [
      ...services.flatMap((service) =>
        [service, ...(known(service.variants) ?? [])].flatMap(({ related, documents, at }) => {
          const { like, at: within } = known(documents) ?? {};
          return [
            ...listed(related, at.related),
            ...(like === undefined ? [] : [{ word: like, span: within?.like ?? service.at.self }]),
          ];
        }),
      ),
      ...procedures.flatMap(({ flow }) =>
        flow.nodes.flatMap(({ step, kind }) => (kind === 'join' ? [] : listed(step.services, step.at.services))),
      ),
      ...(isAtHand(handbook, book)
        ? (known(book.categories) ?? []).flatMap((category) => listed(category.services, category.at.services))
        : []),
    ];
  },
  whole({ handbook, entries, mentions }, report) {
    const expect = (kind: Entry['kind'], what: Say, refs: readonly Mention[]): void => {
      const ids = entries.filter((entry) => entry.kind === kind).map(({ id }) => id);
      const there = new Set(ids);
      for (const { word, span } of refs)
        if (!there.has(word) && !saysUnconfirmed(word)) report(missing(word, ids, what, span));
    };
    expect('service', { zh: '服務', en: 'service' }, mentions);
    const parts = (known(handbook.book.parts) ?? []).flatMap(({ file, at }) =>
      file === undefined ? [] : [{ word: file, span: at.file ?? at.self }],
    );
    expect('chapter', { zh: '章節檔', en: 'chapter file' }, parts);
  },
} satisfies Rule;

const names = (list: readonly { name?: string; short?: string }[] | Unconfirmed | undefined): string[] =>
  (known(list) ?? []).flatMap(({ name, short }) => [name, short].filter((each) => each !== undefined));

function missing(name: string, there: readonly string[], what: Say, span: Span): Found {
  const near = nearest(name, there);
  return {
    span,
    message: { zh: `沒有名為「${name}」的${what.zh}。`, en: `There is no ${what.en} "${name}".` },
    hint: near
      ? { zh: `是不是要寫「${near}」？`, en: `Did you mean "${near}"?` }
      : {
          zh: `可用的${what.zh}：${there.slice(0, 12).join('、') || '（尚無）'}。`,
          en: `Known: ${there.slice(0, 12).join(', ') || '(none)'}.`,
        },
    ...(near ? { fix: { span, text: near } } : {}),
  };
}

/** The names of a list, each where it stands. */
function listed(list: readonly string[] | Unconfirmed | undefined, span: Span | undefined): Mention[] {
  if (list === undefined || isUnconfirmed(list) || !span) return [];
  let from = span.start;
  return list.map((word) => {
    const start = span.source.text.indexOf(word, from);
    if (start === -1 || start + word.length > span.end) return { word, span };
    from = start + word.length;
    return { word, span: { source: span.source, start, end: from } };
  });
}
