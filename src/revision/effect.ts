// What a change means for the citizen: heavier, lighter or neither, entry by entry. Where some are worse off and some better,
// or nobody can tell, it counts as heavier: who changes it has to say why.
import { type FlowNode, roleText } from '../content/procedure.js';
import type { Deadline } from '../content/schema/deadline.js';
import type { Money, Rate } from '../content/schema/fee.js';
import type { Duration } from '../content/schema/procedure.js';
import { isUnconfirmed, known, type Unconfirmed } from '../content/schema/schema.js';
import type { RequiredDocument } from '../content/schema/service.js';
import { saysUnconfirmed } from '../content/schema/tree.js';
import { ofFee, ofMoney, ofRate } from './effect-of-fee.js';
import {
  type Change,
  ofAudience,
  ofBound,
  ofDemand,
  ofGood,
  ofListed,
  ofNarrowing,
  ofOpening,
  ofRecord,
  ofText,
  valuesOf,
} from './effect-of-fields.js';
import {
  both,
  EITHER,
  HEAVIER,
  LIGHTER,
  moreIsHeavier,
  moreIsLighter,
  NEUTRAL,
  opposite,
  type Weight,
  weightOfText,
  weightOfTime,
} from './effect-of-text.js';
import { alike, folded, likenessOf } from './folded.js';
import { type Item, plainOf, type SubjectKind } from './meaning.js';

export type Effect = 'heavier' | 'lighter' | 'neutral';
export const effectOf = ({ heavier, lighter }: Weight): Effect =>
  heavier ? 'heavier' : lighter ? 'lighter' : 'neutral';

/** Who comes to the office, by name. */
export type Parties = readonly string[];
/** Of one entry of a field that came, went or says something else. */
export function weightOfChange(kind: SubjectKind, field: string, change: Change, parties: Parties): Weight {
  const { before, after } = change;
  const part = (before ?? after)?.part ?? '';
  // Where a fact comes from is another matter, and what was not known before was no burden.
  if (part === 'source' || part === 'basis') return NEUTRAL;
  if ([before, after].some((item) => item && saysNothing(item))) return NEUTRAL;
  if (kind === 'office') return ofOffice(field, part, change);
  if (kind === 'chapter') return ofText(change);
  if (kind === 'book' || kind === 'translation') return NEUTRAL;
  return ofService(field, part, change, parties);
}

const saysNothing = ({ value }: Item): boolean =>
  isUnconfirmed(value) || (typeof value === 'string' && saysUnconfirmed(value));
const FIELDS: Readonly<Record<string, (part: string, change: Change, parties: Parties) => Weight>> = {
  documents: ofDocuments,
  fee: ofFee,
  deadline: (part, change) => ofDeadline(part, change),
  procedure: (_, change, parties) => ofStep(change, parties),
  applicant: (_, change) =>
    both(ofGood(change), ofRecord(change, { condition: 'narrows', joint: 'demand', note: 'text', who: 'audience' })),
  agents: (_, change) =>
    both(ofGood(change), ofRecord(change, { condition: 'narrows', documents: 'list', note: 'text', who: 'audience' })),
  representation: (_, change) => both(ofGood(change), ofText(change)),
  eligibility: (_, change) => ofCondition(change),
  window: (_, change) => ofWindow(change),
  preconditions: (_, change) => both(ofDemand(change), change.before && change.after ? ofText(change) : NEUTRAL),
  channels: (_, change) => both(ofGood(change), ofRecord(change, { hours: 'hours', note: 'text', name: 'audience' })),
  hours: (_, change) => ofHours(change),
  result: (_, change) =>
    both(ofGood(change), ofRecord(change, { validity: 'good', delivery: 'text', note: 'text', name: 'audience' })),
  remedies: (_, change) => both(ofGood(change), ofRecord(change, { limit: 'good', note: 'text', remedy: 'audience' })),
  status: (part, change) => ofStatus(part, change),
  visits: (_, change) => ofNumber(change),
  total: (_, change) => ofTime(change),
  complaints: (_, change) => ofGood(change),
  contact: (part, change) => (/telephone|extension/.test(part) ? ofGood(change) : ofText(change)),
  notes: (_, change) => ofText(change),
  summary: (_, change) => ofText(change),
  place: (_, change) => ofText(change),
  mermaid: (_, change) => (change.before && change.after ? EITHER : NEUTRAL),
};
/** What the citizen has to do is the same, whatever these say. */
const WITHOUT_EFFECT = new Set(
  'name aliases categories unit related forms basis findings authority text note confirmed'.split(' '),
);

function ofService(field: string, part: string, change: Change, parties: Parties): Weight {
  if (WITHOUT_EFFECT.has(field)) return NEUTRAL;
  const weigh = FIELDS[field];
  return weigh ? weigh(part, change, parties) : ofText(change);
}

// ---------------------------------------------------------------- documents

function ofDocuments(part: string, change: Change): Weight {
  const { before, after } = change;
  if (part === 'none' || part === 'like') return NEUTRAL;
  if (part === 'note') return ofText(change);
  if (part === 'beside')
    return before && after ? ofRecord(change, { name: 'text', condition: 'widens', note: 'text' }) : ofDemand(change);
  const [old, fresh] = valuesOf<RequiredDocument>(change);
  if (!old || !fresh) return waivedForAll(old ?? fresh) ? NEUTRAL : ofDemand(change);
  return weightOfDocument(old, fresh);
}

const waivedForAll = (document: RequiredDocument | undefined): boolean =>
  document?.waived !== undefined && /^[得可]?(由|本|經|機關|承辦)|查[詢調驗知得]|介接/.test(document.waived);

/** What it takes to bring a paper: a copy is made or the paper shown; an original is given away; both at once is most. */
const EFFORT: Readonly<Record<string, number>> = {
  either: 1,
  electronic: 1,
  copy: 2,
  shown: 2,
  verified: 3,
  original: 3,
};

function weightOfDocument(old: RequiredDocument, fresh: RequiredDocument): Weight {
  const number = (field: 'copies' | 'kinds' | 'choose'): Weight => {
    const [was, is] = [old[field], fresh[field]];
    if (isUnconfirmed(was) || isUnconfirmed(is)) return NEUTRAL;
    return moreIsHeavier(was ?? 1, is ?? 1);
  };
  const [wasKind, isKind] = [known(old.kind), known(fresh.kind)];
  const kind =
    old.kind === fresh.kind || isUnconfirmed(old.kind) || isUnconfirmed(fresh.kind)
      ? NEUTRAL
      : wasKind === undefined
        ? isKind === 'original' || isKind === 'verified'
          ? HEAVIER
          : NEUTRAL
        : isKind === undefined
          ? wasKind === 'original' || wasKind === 'verified'
            ? LIGHTER
            : NEUTRAL
          : EFFORT[wasKind] === EFFORT[isKind]
            ? EITHER
            : moreIsHeavier(EFFORT[wasKind] ?? 2, EFFORT[isKind] ?? 2);
  const waived =
    old.waived === undefined && fresh.waived !== undefined
      ? LIGHTER
      : old.waived !== undefined && fresh.waived === undefined
        ? HEAVIER
        : ofNarrowing(old.waived, fresh.waived, 'good');
  return both(
    number('copies'),
    number('kinds'),
    number('choose'),
    kind,
    waived,
    ofName(old.name ?? '', fresh.name ?? ''),
    // Issued within 3 months is harder than within 6, and both than at any time.
    ofBound(old.fresh, fresh.fresh, 'less'),
    ofBound(old.remaining, fresh.remaining, 'more'),
    ofNarrowing(old.condition, fresh.condition, 'demand'),
    ofAudience(old.applicants, fresh.applicants, 'demand'),
    ofAudience(old.channel, fresh.channel, 'demand'),
    ofChoice(old, fresh),
    weightOfText(old.note ?? '', fresh.note ?? ''),
  );
}

/** The more ways there are to satisfy it, the lighter; a paper that becomes one of several too. */
function ofChoice(old: RequiredDocument, fresh: RequiredDocument): Weight {
  const [was, is] = [known(old.oneOf), known(fresh.oneOf)];
  if (isUnconfirmed(old.oneOf) || isUnconfirmed(fresh.oneOf)) return NEUTRAL;
  if (!was || !is) return was ? HEAVIER : is ? LIGHTER : NEUTRAL;
  const names = (list: readonly RequiredDocument[]): Set<string> =>
    new Set(list.map((each) => JSON.stringify(plainOf(each))));
  const [before, after] = [names(was), names(is)];
  return both(
    [...before].some((each) => !after.has(each)) ? HEAVIER : NEUTRAL,
    [...after].some((each) => !before.has(each)) ? LIGHTER : NEUTRAL,
  );
}

/** 身分證及戶口名簿 are two, 身分證或健保卡 are one of two. */
function ofName(before: string, after: string): Weight {
  if (folded(before) === folded(after)) return NEUTRAL;
  const words = weightOfText(before, after);
  const parts = (text: string): number => text.split(/[、及與和並]/).length;
  const counted = moreIsHeavier(parts(before), parts(after));
  // Another paper altogether is another effort.
  const other = alike(likenessOf(folded(before)), likenessOf(folded(after))) < 0.5 ? EITHER : NEUTRAL;
  return both(words, counted, other);
}

// ---------------------------------------------------------------- deadline

const DEADLINE: Readonly<Record<string, (change: Change) => Weight>> = {
  immediate: ofLength,
  limit: ofLength,
  target: ofLength,
  open: ofAsked,
  excluded: ofAsked,
  extra: (change) => both(ofAsked(change), ofLimit(change, false)),
  prolong: (change) =>
    change.before && change.after
      ? both(ofLimit(change, false), ofRecord(change, { note: 'text' }), ofTimes(change))
      : ofDemand(change),
  statutory: ofStage,
  stages: ofStage,
  // The time is the citizen's.
  correction: (change) =>
    both(ofGood(change), ofLimit(change, true), ofRecord(change, { restart: 'demand', note: 'text' })),
  byCase: ofKind,
  byChannel: ofKind,
  met: ({ before, after }) =>
    before && after
      ? opposite(ofRate(before.value as Rate, after.value as Rate))
      : ofGood({ ...(before ? { before } : {}), ...(after ? { after } : {}) }),
  achieved: () => NEUTRAL,
  counting: () => EITHER,
  lapse: ofLapse,
  from: ofFrom,
};
const ofDeadline = (part: string, change: Change): Weight => (DEADLINE[part] ?? ofText)(change);

function ofLength(change: Change): Weight {
  return change.before && change.after ? ofTime(change) : ofGood(change);
}
function ofAsked(change: Change): Weight {
  return change.before && change.after ? ofText(change) : ofDemand(change);
}
/** A limit of one kind of case or channel. */
function ofKind(change: Change): Weight {
  if (!change.before || !change.after) return EITHER;
  return both(ofLimit(change, false), ofRecord(change, { note: 'text', open: 'demand' }));
}

/** A stage, or what the law sets: of the office, or of the citizen (`yours`). */
function ofStage(change: Change): Weight {
  type Stage = NonNullable<ReturnType<typeof stageIn>>;
  const stageIn = (item: Item | undefined) =>
    item?.value as (Deadline['statutory'] & { yours?: boolean; limit?: Duration }) | undefined;
  const [old, fresh] = [stageIn(change.before), stageIn(change.after)];
  const yours = (known((fresh ?? old)?.yours) ?? false) === true;
  if (!old || !fresh) return yours ? ofDemand(change) : EITHER;
  if (known((old as Stage).yours) !== known((fresh as Stage).yours)) return EITHER;
  return both(ofLimit(change, yours), ofRecord(change, { from: 'text', note: 'text' }));
}

/** The limit of a record; `yours`: within it the citizen must act. */
function ofLimit(change: Change, yours: boolean): Weight {
  const [old, fresh] = valuesOf<{ limit?: Duration | Unconfirmed }>(change);
  if (!old || !fresh) return NEUTRAL;
  const [was, is] = [known(old.limit), known(fresh.limit)];
  if (!was || !is) return isUnconfirmed(old.limit) || isUnconfirmed(fresh.limit) || was === is ? NEUTRAL : EITHER;
  const weight = weightOfTime(was, is);
  return yours ? opposite(weight) : weight;
}

function ofTimes(change: Change): Weight {
  const [old, fresh] = valuesOf<{ times?: number | Unconfirmed }>(change);
  return moreIsHeavier(Number(known(old?.times) ?? 1), Number(known(fresh?.times) ?? 1));
}

function ofTime(change: Change): Weight {
  const [old, fresh] = valuesOf<Duration | boolean>(change);
  if (typeof old === 'boolean' || typeof fresh === 'boolean')
    return moreIsLighter(Number(old ?? 0), Number(fresh ?? 0));
  return old && fresh ? weightOfTime(old, fresh) : ofGood(change);
}

function ofLapse(change: Change): Weight {
  const value = (text: string): number =>
    /視為(核准|同意|准許|許可)/.test(text) ? 1 : /視為(駁回|不|放棄|撤回|未)|不予/.test(text) ? -1 : 0;
  const [old, fresh] = [value(change.before?.text ?? ''), value(change.after?.text ?? '')];
  return old === fresh ? ofText(change) : moreIsLighter(old, fresh);
}

/** From when a time is counted: later is longer, and which is later only the office knows. */
function ofFrom({ before, after }: Change): Weight {
  return before && after ? EITHER : NEUTRAL;
}

// ---------------------------------------------------------------- steps and the rest

/** Whether a step is the citizen's own. */
const isCitizens = ({ actors }: FlowNode, parties: Parties): boolean =>
  actors.some((role) => parties.includes(roleText(role)) || /申請人|義務人|民眾|當事人|代理人/.test(roleText(role)));

function ofStep(change: Change, parties: Parties): Weight {
  const [old, fresh] = valuesOf<FlowNode | Unconfirmed>(change);
  if (isUnconfirmed(old) || isUnconfirmed(fresh)) return NEUTRAL;
  if (old && fresh) return ofChangedStep(old, fresh, parties);
  const node = (old ?? fresh) as FlowNode;
  const { client, fee, receives } = node.step;
  if (isCitizens(node, parties) || client !== undefined || fee !== undefined || (known(receives) ?? []).length > 0)
    return ofDemand(change);
  if (/駁回|不受理|退件|退回|補正/.test(node.text)) return ofDemand(change);
  return /核准|免/.test(node.text) ? ofGood(change) : NEUTRAL;
}

function ofChangedStep(old: FlowNode, fresh: FlowNode, parties: Parties): Weight {
  const [wasHis, isHis] = [isCitizens(old, parties), isCitizens(fresh, parties)];
  const limit =
    old.limit && fresh.limit
      ? weightOfTime(old.limit, fresh.limit)
      : old.limit === fresh.limit || old.limitOpen || fresh.limitOpen
        ? NEUTRAL
        : EITHER;
  const told = ({ text, step }: FlowNode): string => `${text}${step.note ?? ''}`;
  const sum = ({ step }: FlowNode): Money | Unconfirmed => (step.fee as Money | Unconfirmed | undefined) ?? NOTHING;
  const asks = ({ step }: FlowNode): number => Number(step.client !== undefined);
  const atOnce = ({ step }: FlowNode): number => Number(known(step.immediate) ?? false);
  return both(
    wasHis && isHis ? opposite(limit) : limit,
    moreIsHeavier(Number(wasHis), Number(isHis)),
    ofMoney(sum(old), sum(fresh), 'demand'),
    ofListed(known(old.step.receives), known(fresh.step.receives)),
    moreIsHeavier(asks(old), asks(fresh)),
    moreIsLighter(atOnce(old), atOnce(fresh)),
    weightOfText(told(old), told(fresh)),
  );
}
const NOTHING: Money = { amount: 0, printed: '' };

/** A paragraph on who is eligible: one more is one more condition. */
const ofCondition = (change: Change): Weight => {
  if (change.before && change.after) {
    const words = ofText(change);
    return words.heavier || words.lighter || alike(likenessOf(change.before.key), likenessOf(change.after.key)) >= 0.7
      ? words
      : EITHER;
  }
  const { freed } = { freed: weightOfText(change.before?.text ?? '', change.after?.text ?? '') };
  return freed.lighter && !freed.heavier && change.after ? LIGHTER : ofDemand(change);
};

const ofWindow = (change: Change): Weight => {
  if (!change.before || !change.after) return ofDemand(change);
  const always = (item: Item): boolean => /隨時|全年|不限/.test(item.text);
  return moreOr(Number(always(change.before)), Number(always(change.after)));
};
/** More is lighter; the same of two texts that differ may be either. */
const moreOr = (before: number, after: number): Weight => (before === after ? EITHER : moreIsLighter(before, after));

const ofHours = ({ before, after }: Change): Weight => (before && after ? ofOpening(before.text, after.text) : NEUTRAL);

function ofStatus(part: string, change: Change): Weight {
  if (part !== 'state' && part !== '') return NEUTRAL;
  const rank: Readonly<Record<string, number>> = { seasonal: 1, paused: 2, ceased: 3 };
  const [old, fresh] = valuesOf<string>(change);
  return moreIsHeavier(rank[old ?? ''] ?? 0, rank[fresh ?? ''] ?? 0);
}

const ofNumber = (change: Change): Weight => {
  const [old, fresh] = valuesOf<number>(change);
  return old === undefined || fresh === undefined ? NEUTRAL : moreIsHeavier(old, fresh);
};

/** What the office promises, and where and when it is to be found. */
function ofOffice(field: string, part: string, change: Change): Weight {
  switch (field) {
    case 'hours':
      return ofHours(change);
    case 'telephone':
    case 'sites':
      return both(ofGood(change), ofRecord(change, { hours: 'hours' }));
    case 'standards':
      if (part === 'notes') return ofText(change);
      if (part === 'visits' || part === 'rings')
        return change.before && change.after ? ofNumber(change) : ofGood(change);
      return change.before && change.after ? ofTime(change) : ofGood(change);
    case 'notes':
      return ofText(change);
    default:
      return NEUTRAL;
  }
}

/** A whole service that came or went. */
export const weightOfService = (change: { before?: unknown; after?: unknown }): Weight =>
  change.before === undefined ? LIGHTER : change.after === undefined ? HEAVIER : NEUTRAL;
