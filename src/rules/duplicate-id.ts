// An id names one thing: services, charts, forms and the steps of one procedure.
import type { Rule } from '../check.js';
import { known } from '../shape.js';
import type { Span } from '../source.js';

export default {
  severity: 'error',
  why: {
    zh: '編號是檔名、連結與流程圖的依據，兩個相同的編號會互相覆蓋。',
    en: 'Ids become file names, links and arrows; two equal ones overwrite each other.',
  },
  good: [
    {
      text: '名稱: 檔案應用\n應備證件: 無\n規費: 免費\n辦理時限: 3 工作日\n審核權責: 分署長\n申請程序:\n  - {開始: 提出申請書, 編號: a}\n  - {結束: 通知申請人, 編號: b}\n',
    },
  ],
  bad: [
    {
      text: '名稱: 檔案應用\n應備證件: 無\n規費: 免費\n辦理時限: 3 工作日\n審核權責: 分署長\n申請程序:\n  - {開始: 提出申請書, 編號: a}\n  - {結束: 通知申請人, 編號: a}\n',
      at: 'a}\n',
    },
  ],
  check(handbook, report, procedures) {
    const unique = (of: { zh: string; en: string }, ids: readonly { id: string | undefined; span: Span }[]): void => {
      const first = new Map<string, Span>();
      for (const { id, span } of ids) {
        if (id === undefined) continue;
        const before = first.get(id);
        if (!before) first.set(id, span);
        else
          report({
            span,
            message: {
              zh: `${of.zh}編號「${id}」已經用在 ${before.source.path}，編號不能重複。`,
              en: `The ${of.en} id "${id}" is already used in ${before.source.path}; ids are unique.`,
            },
            hint: { zh: '換一個編號。', en: 'Choose another id.' },
          });
      }
    };
    unique(
      { zh: '服務', en: 'service' },
      handbook.services.map(({ id, at }) => ({ id, span: at.id ?? at.self })),
    );
    const charts = known(handbook.book.charts) ?? [];
    unique(
      { zh: '流程圖', en: 'chart' },
      [...handbook.services, ...charts]
        .map(({ id, at }) => ({ id, span: at.id ?? at.self }))
        .filter(({ id }, i) => i >= handbook.services.length || charts.some((chart) => chart.id === id)),
    );
    unique(
      { zh: '書表', en: 'form' },
      (known(handbook.book.forms) ?? []).map(({ id, at }) => ({ id, span: at.id ?? at.self })),
    );
    for (const { flow } of procedures)
      unique(
        { zh: '步驟', en: 'step' },
        flow.nodes
          .filter((node) => node.kind !== 'join')
          .map(({ step }) => ({ id: step.id, span: step.at.id ?? step.at.self })),
      );
  },
} satisfies Rule;
