// How often somebody from outside has to come in person on the way through a procedure.
import { type Flow, type FlowNode, longestWay, roleText } from './procedure.js';

const IN_PERSON = /到場|親自|臨櫃|到署|到本分署|當場|領取/;

/** The steps at which one of `parties` comes anew, on the way with the most of them. What he does in one go is one visit. */
export function visitsIn(flow: Flow, parties: readonly string[]): FlowNode[] {
  const comes = ({ text, actors }: FlowNode): boolean =>
    actors.some((actor) => parties.includes(roleText(actor))) && IN_PERSON.test(text);
  const before = new Set(flow.nodes.filter(comes).map(({ id }) => id));
  if (before.size === 0) return [];
  const isVisit = (node: FlowNode): boolean =>
    comes(node) && !flow.edges.some(({ from, to }) => to === node.id && before.has(from));
  return longestWay(flow, (node) => (isVisit(node) ? 1 : 0)).nodes.filter(isVisit);
}
