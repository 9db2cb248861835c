// A revision for the terminal and for other programs: every change in its place, with what it means for the citizen.
import type { Lang, Say } from '../core/source.js';
import type { ItemChange, Mark, Revision, SubjectChange } from './compare.js';
import type { Effect } from './effect.js';
import type { SubjectKind } from './meaning.js';

/** How both sides are called. */
export type Names = { readonly before: Say; readonly after: Say };

const EFFECTS: Readonly<Record<Effect, Say>> = {
  heavier: { zh: '加重', en: 'heavier' },
  lighter: { zh: '減輕', en: 'lighter' },
  neutral: { zh: '無影響', en: 'neutral' },
};
const MARKS: Readonly<Record<Mark, Say>> = {
  added: { zh: '新增', en: 'added' },
  removed: { zh: '刪除', en: 'removed' },
  changed: { zh: '修正', en: 'changed' },
  moved: { zh: '移列', en: 'moved' },
  same: { zh: '未修正', en: 'not changed' },
};
const KINDS: Readonly<Record<SubjectKind, Say>> = {
  book: { zh: '手冊', en: 'Book' },
  office: { zh: '機關', en: 'Office' },
  chapter: { zh: '章', en: 'Chapter' },
  chart: { zh: '流程圖', en: 'Chart' },
  service: { zh: '服務', en: 'Service' },
  variant: { zh: '子項目', en: 'Sub-service' },
  translation: { zh: '譯文', en: 'Translation' },
};
const SIGNS: Readonly<Record<Mark, string>> = { added: '+', removed: '-', changed: '~', moved: '>', same: ' ' };

/** 服務「聲明異議」; of a sub-service with its service. */
function subjectTitle({ kind, before, after, of }: SubjectChange, lang: Lang): string {
  const name = (after ?? before)?.name ?? '';
  const whole = of === undefined ? name : `${of}／${name}`;
  return lang === 'zh' ? `${KINDS[kind].zh}「${whole}」` : `${KINDS[kind].en} "${whole}"`;
}

/** Lines for the terminal. `paint` colours a text by what it means. */
export function asText(
  revision: Revision,
  names: Names,
  lang: Lang,
  paint: (effect: Effect, text: string) => string = (_, text) => text,
): string {
  const zh = lang === 'zh';
  const head = `${names.before[lang]} → ${names.after[lang]}`;
  if (revision.subjects.length === 0) return zh ? `${head}\n沒有變更。\n` : `${head}\nNothing has changed.\n`;
  const lines = [head, ''];
  for (const subject of revision.subjects) {
    lines.push(
      `${subjectTitle(subject, lang)}${about(subject, lang)}${paint(subject.effect, tag(subject.effect, lang))}`,
    );
    if (subject.mark === 'changed')
      for (const field of subject.fields) {
        if (field.label !== '') lines.push(`  ${field.label}`);
        for (const item of field.items)
          if (item.mark !== 'same') lines.push(...itemLines(item, lang, paint).map((line) => `    ${line}`));
      }
    lines.push('');
  }
  lines.push(summary(revision, lang));
  return `${lines.join('\n')}\n`;
}

const tag = (effect: Effect, lang: Lang): string =>
  effect === 'neutral' ? '' : lang === 'zh' ? `【${EFFECTS[effect].zh}】` : ` [${EFFECTS[effect].en}]`;

/** （新增）, （移列；原名「甲」）. */
function about({ mark, renamed, moved, before, after }: SubjectChange, lang: Lang): string {
  const zh = lang === 'zh';
  const told = [
    ...(mark === 'changed' ? [] : [MARKS[mark][lang]]),
    ...(moved ? [MARKS.moved[lang]] : []),
    ...(renamed && before && after && before.name !== after.name
      ? [zh ? `原名「${before.name}」` : `was "${before.name}"`]
      : []),
    ...(renamed && before && after && before.id !== after.id
      ? [zh ? `編號 ${before.id} → ${after.id}` : `id ${before.id} → ${after.id}`]
      : []),
  ];
  if (told.length === 0) return '';
  return zh ? `（${told.join('；')}）` : ` (${told.join('; ')})`;
}

function itemLines(
  { mark, moved, before, after, effect }: ItemChange,
  lang: Lang,
  paint: (effect: Effect, text: string) => string,
): string[] {
  const sign = SIGNS[mark];
  const tagged = paint(effect, tag(effect, lang));
  if (mark === 'changed')
    return [
      `${sign} ${before?.text}`,
      `  → ${after?.text}${moved ? (lang === 'zh' ? '（移列）' : ' (moved)') : ''}${tagged}`,
    ];
  return [`${sign} ${(after ?? before)?.text}${tagged}`];
}

/** How many of each. */
function summary(revision: Revision, lang: Lang): string {
  const effects = weighed(revision);
  const n = (effect: Effect): number => effects.filter((each) => each === effect).length;
  const zh = lang === 'zh';
  return zh
    ? `${revision.subjects.length} 處有變更；對民眾：加重 ${n('heavier')}、減輕 ${n('lighter')}、無影響 ${n('neutral')}。`
    : `${revision.subjects.length === 1 ? '1 part has' : `${revision.subjects.length} parts have`} changed; for the citizen: ${n('heavier')} heavier, ${n('lighter')} lighter, ${n('neutral')} neutral.`;
}

/** Every change as it counts: a service that came or went is one, else each entry, or the move of the whole. */
const weighed = ({ subjects }: Revision): Effect[] =>
  subjects.flatMap((subject) => {
    if (subject.mark !== 'changed') return [subject.effect];
    const items = subject.fields.flatMap((field) => field.items.filter(({ mark }) => mark !== 'same'));
    return items.length === 0 ? [subject.effect] : items.map(({ effect }) => effect);
  });

/** The same for other programs. */
export function asJson(revision: Revision, names: Names): string {
  const { before, after, subjects } = revision;
  return `${JSON.stringify(
    {
      before: { name: names.before.zh, ...before },
      after: { name: names.after.zh, ...after },
      subjects: subjects.map(({ fields, ...subject }) => ({
        ...subject,
        fields: fields.map(({ items, ...field }) => ({
          ...field,
          items: items.flatMap(({ before: old, after: fresh, ...item }) =>
            item.mark === 'same'
              ? []
              : [
                  {
                    ...item,
                    part: (fresh ?? old)?.part ?? '',
                    ...(old ? { before: old.text } : {}),
                    ...(fresh ? { after: fresh.text } : {}),
                  },
                ],
          ),
        })),
      })),
    },
    null,
    2,
  )}\n`;
}
