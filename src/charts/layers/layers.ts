// A procedure of the whole office drawn in two dimensions: as wide as its ways lie side by side, upright or lying.
import { type Flow, roleText } from '../../content/procedure.js';
import { plainOf } from '../../core/language.js';
import type { Drawing } from '../../document/sheet.js';
import type { ChartLook } from '../../theme/chart-theme.js';
import { drawn } from '../lanes/draw.js';
import type { Measure } from '../lanes/measure.js';
import { type Asked, type LaneWords, planOf } from '../lanes/plan.js';
import { inLayers, type LayerStyle } from './lay.js';

/** `namesOf`: every name of who acts, the one that is written among them. */
type OfOffice = Omit<Asked, 'clients' | 'formsOf'> & { namesOf: (unit: string) => readonly string[] };

/** Who does a step stands below it, unless its text names him already. */
export function officeChart(
  flow: Flow,
  words: LaneWords,
  measure: Measure,
  { written, namesOf }: OfOffice,
  look: ChartLook,
  style: LayerStyle,
  named: { id: string; title: string; says: string },
): Drawing {
  const plan = planOf(flow, words, { written, clients: [], formsOf: () => '' });
  const steps = plan.steps.map((step, i) => {
    const { actors = [], text } = flow.nodes[i] ?? {};
    const said = plainOf(text ?? '');
    const others = actors
      .map(roleText)
      .filter((unit) => unit !== '' && !namesOf(unit).some((name) => said.includes(plainOf(name))));
    const who = others.length > 0 ? `〔${others.join(words.comma)}〕` : '';
    return { ...step, text: step.kind === 'fork' || step.kind === 'join' ? step.text : `${text}${who}`, lane: 0 };
  });
  const placed = inLayers({ ...plan, steps }, measure, style);
  return {
    id: named.id,
    tree: drawn({ ...plan, steps }, placed, look, named),
    width: placed.width,
    height: placed.height,
  };
}
