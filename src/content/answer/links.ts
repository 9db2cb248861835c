// Which choice a condition in prose is about: 「委託他人時」 is one of the representation, 「以書面聲明時」 of the channel.
import { type ChoiceKind, OTHER, SELF } from './person.js';

/** The names among which a person is of one, by kind. */
export type Choices = Readonly<Record<ChoiceKind, readonly string[]>>;

/** What a condition in prose says of a choice. `only`: it also asks for more, but holds for no other choice. */
export type Link = { readonly kind: ChoiceKind; readonly names: readonly string[]; readonly only?: true };

export type Links = Map<string, Link | undefined>;

/** What comes behind the name of a channel or an applicant where it only says that one applies so. */
const APPLIES =
  '(?:提出)?(?:申請|申辦|聲明異議|聲明|陳情|辦理|洽辦|繳款|繳納|繳費|提出|送件|投標|登記|報名|寄送|領取|領件)?(?:案件|案)?';
const LEAD = /^(?:如|若|倘|為|以|由|採|經|向|自)/;
const TAIL = /(?:的時候|時|者|之情形|情形)$/;

/** 「法定代理時」: a kind of agent of its own. */
export const KIND_OF_AGENT = new RegExp(`^(?:由|經)?((?:意定|法定|訴訟|複)代理)(?:人)?${APPLIES}(?:時|者)$`);
/** 「委託他人時」「委任代理人時」「由代理人申請者」: whoever was asked to act. */
export const SOMEBODY = new RegExp(
  `^(?:由)?(?:委託|委任|委由|授權)(?:他人|別人|代理人|親友|親屬)?(?:代為|代)?${APPLIES}(?:時|者)$|^(?:由)?代理人?(?:代為|代)?${APPLIES}(?:時|者)$|^(?:由)?他人代(?:為|理|辦)?${APPLIES}(?:時|者)$`,
);

const core = (condition: string): string => condition.trim().replace(TAIL, '').replace(LEAD, '').trim();

/** Undefined where it is about none of them. */
export function linkOf(condition: string, choices: Choices): Link | undefined {
  const agent = KIND_OF_AGENT.exec(condition.trim())?.[1];
  if (agent !== undefined) return { kind: 'representation', names: [agent] };
  if (SOMEBODY.test(condition.trim()))
    return {
      kind: 'representation',
      names: choices.representation.filter((name) => name !== SELF && !name.startsWith('法定')),
    };
  const said = core(condition);
  for (const kind of ['case', 'variant', 'channel', 'applicant'] as const) {
    const whole = piecesOf(said, choices[kind], kind);
    if (whole) return { kind, names: whole };
    const first = choices[kind].filter(
      (name) => name !== OTHER && new RegExp(`^${escaped(name)}${APPLIES}(?:後|[，,])`).test(said),
    );
    if (first.length > 0) return { kind, names: first, only: true };
  }
  return undefined;
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** 「法人或團體申請」 of 本國法人 and 團體; undefined where a piece is none of them. */
function piecesOf(said: string, names: readonly string[], kind: ChoiceKind): string[] | undefined {
  if (names.length === 0 || said === '') return undefined;
  const whole = names.find((name) => said === name);
  if (whole !== undefined) return [whole];
  const found: string[] = [];
  for (const piece of said.split(/[或、]/)) {
    const plain = piece.trim();
    const fits = (name: string): boolean =>
      name !== OTHER &&
      (new RegExp(`^${escaped(name)}${APPLIES}$`).test(plain) ||
        (kind === 'applicant' &&
          plain.length > 1 &&
          name.endsWith(plain.replace(new RegExp(`^(.{2,}?)${APPLIES}$`), '$1'))));
    const one = names.filter(fits);
    if (one.length === 0) return undefined;
    found.push(...one);
  }
  return [...new Set(found)];
}
