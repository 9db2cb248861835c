// How long the chart of a procedure may be. Two rules say so, of two lengths.
import { MOST_STEPS } from '../content/bounds.js';
import type { Procedure } from '../content/procedure.js';
import type { Found } from './rule.js';

/** Reports the procedures of more than `most` steps; those of more than `others` are another rule's. */
export function reportLength(
  procedures: readonly Procedure[],
  { most, others = Number.POSITIVE_INFINITY }: { most: number; others?: number },
  report: (found: Found) => void,
): void {
  for (const { flow, name, at } of procedures) {
    const count = flow.nodes.filter(({ kind }) => kind !== 'fork' && kind !== 'join').length;
    if (count <= most || count > others) continue;
    // No more steps than that are read.
    const atLeast = flow.nodes.length >= MOST_STEPS;
    report({
      span: flow.start?.span ?? at,
      message: {
        zh: `「${name}」的程序${atLeast ? '至少' : ''}有${count}步，應在 ${most} 步以內。`,
        en: `"${name}" has ${atLeast ? 'at least ' : ''}${count} steps; it should have ${most} at most.`,
      },
      hint: {
        zh: '把一段獨立的步驟寫成另一項服務，這裡用「子程序」帶過。',
        en: 'Make a part of it a service of its own and refer to it by 子程序 (subprocess).',
      },
    });
  }
}
