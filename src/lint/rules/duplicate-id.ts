// An id names one thing: services, charts, forms and the steps of one procedure.

import { known } from '../../content/schema/schema.js';
import type { Say, Span } from '../../core/source.js';
import { withSteps } from '../example-records.js';
import type { Found, Rule } from '../rule.js';

export default {
  severity: 'error',
  why: {
    zh: '編號是檔名、連結與流程圖的依據，兩個相同的編號會互相覆蓋。',
    en: 'Ids become file names, links and arrows; two equal ones overwrite each other.',
  },
  good: [
    {
      text: withSteps('  - {開始: 提出申請書, 編號: a}\n  - {結束: 通知申請人, 編號: b}\n'),
    },
  ],
  bad: [
    {
      text: withSteps('  - {開始: 提出申請書, 編號: a}\n  - {結束: 通知申請人, 編號: a}\n'),
      at: 'a}\n',
    },
  ],
  check(_handbook, report, procedures) {
    for (const { flow } of procedures) {
      const steps = flow.nodes.filter((node) => node.kind !== 'join').map(({ step }) => step);
      for (const found of twice({ zh: '步驟', en: 'step' }, steps.map(written))) report(found);
    }
  },
  whole({ handbook, entries }, report) {
    const services = entries.flatMap(({ kind, id, read }) =>
      kind === 'service' && read ? [{ id, span: read.at.id }] : [],
    );
    const charts = (known(handbook.book.charts) ?? []).map(written);
    const drawn = new Set(charts.map(({ id }) => id));
    const categories = (known(handbook.book.categories) ?? []).map(written);
    const forms = (known(handbook.book.forms) ?? []).map(written);
    for (const found of [
      ...twice({ zh: '服務', en: 'service' }, services),
      ...services.flatMap((each) => taken([...SHEETS, 'overall'], each)),
      ...charts.flatMap((each) => taken(SHEETS, each)),
      ...categories.flatMap((each, i) =>
        taken(LEAFLETS.test(each.id ?? '') && each.id !== `category-${i + 1}` ? [each.id ?? ''] : [], each),
      ),
      ...twice({ zh: '流程圖', en: 'chart' }, [...services.filter(({ id }) => drawn.has(id)), ...charts]),
      ...twice({ zh: '書表', en: 'form' }, forms),
      ...twice({ zh: '服務類別', en: 'category' }, categories),
    ])
      report(found);
  },
} satisfies Rule;

/** Sheets of the wall that the program names itself; a service or chart of this name would print over them. */
const SHEETS = ['hall', 'handbook', 'standards', 'courtesy'];
/** And leaflets: of what is in no category, and of the categories without an id, by their place. */
const LEAFLETS = /^(others|services|category-\d+)$/;
const taken = (names: readonly string[], { id, span }: Named): Found[] =>
  id === undefined || !names.includes(id)
    ? []
    : [
        {
          span,
          message: {
            zh: `編號「${id}」是程式所印文件的名稱，不能用作編號。`,
            en: `The id "${id}" names a sheet that the program prints; nothing else can have it.`,
          },
          hint: { zh: `換一個編號，例如「${id}-1」。`, en: `Choose another id, such as "${id}-1".` },
        },
      ];

type Named = { id: string | undefined; span: Span };
const written = ({ id, at }: { id?: string; at: { self: Span; id?: Span } }): Named => ({ id, span: at.id ?? at.self });

function twice(of: Say, ids: readonly Named[]): Found[] {
  const first = new Map<string, Span>();
  return ids.flatMap(({ id, span }): Found[] => {
    if (id === undefined) return [];
    const before = first.get(id);
    if (!before) first.set(id, span);
    return before
      ? [
          {
            span,
            message: {
              zh: `${of.zh}編號「${id}」已經用在 ${before.source.path}，編號不能重複。`,
              en: `The ${of.en} id "${id}" is already used in ${before.source.path}; ids are unique.`,
            },
            hint: { zh: '換一個編號。', en: 'Choose another id.' },
          },
        ]
      : [];
  });
}
