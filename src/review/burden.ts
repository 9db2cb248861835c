// What each service asks of those who need it: papers, copies, visits and steps, what the office could look up itself, what is
// asked twice, which services ask and do much the same, and what has to be proposed to those who made the rules.
import { combinationsOf } from '../content/answer/combinations.js';
import { compareDurations } from '../content/duration.js';
import { type Flow, type FlowNode, flowsOf, proceduresOf, roleText } from '../content/procedure.js';
import type { Handbook } from '../content/schema/model.js';
import { type Citation, isUnconfirmed, known } from '../content/schema/schema.js';
import type { RequiredDocument, Service } from '../content/schema/service.js';
import { visitsIn } from '../content/visits.js';
import type { Span } from '../core/source.js';
import { clientsOf, staysWithin } from '../document/way.js';
import { citationText } from '../document/words.js';

/** Offices that keep a record of which a paper is an extract. */
export type Holder = 'household' | 'land' | 'company' | 'tax' | 'insurance' | 'vehicle' | 'welfare' | 'court';
/** A paper that the office may be able to look up: in a register, where the content says it is issued, or among its own. */
export type Lookup = {
  readonly name: string;
  readonly from: { readonly holder: Holder } | { readonly where: string } | { readonly own: string };
  readonly basis: readonly string[];
  readonly at: Span;
};
export type Twice = {
  readonly name: string;
  /** Received at several steps, or asked for again by a service that goes with it. */
  readonly why: 'steps' | 'related';
  readonly where: readonly string[];
  readonly at: Span;
};
export type Burden = {
  readonly service: Service;
  /** Papers in the case with the fewest and in that with the most; none where the content does not say. */
  readonly documents?: { readonly least: number; readonly most: number };
  /** Sheets to be handed over in the case with the most. `open`: of some nobody knows how many. */
  readonly copies?: { readonly most: number; readonly open: boolean };
  readonly lookups: readonly Lookup[];
  /** What the office looks up already. */
  readonly waived: number;
  readonly visits: { readonly times: number; readonly steps: readonly string[]; readonly declared: boolean };
  readonly steps: {
    readonly all: number;
    readonly own: number;
    /** Steps that stay within the office and bring the applicant nothing. */
    readonly within: readonly string[];
    /** How often the case goes from one hand to another within the office. */
    readonly hands: number;
  };
  readonly twice: readonly Twice[];
};
export type Overlap = {
  readonly one: Service;
  readonly other: Service;
  readonly documents: readonly string[];
  readonly steps: readonly string[];
};
/** What is to be proposed to another office: who made the rule, or who does a step. */
export type Proposal = { readonly service: Service; readonly at: Span } & (
  | { readonly kind: 'lookup'; readonly name: string; readonly basis: readonly string[] }
  | { readonly kind: 'limit'; readonly own: string; readonly law: string; readonly basis: readonly string[] }
  | { readonly kind: 'unclear'; readonly text: string }
  | { readonly kind: 'step'; readonly step: string; readonly office: string }
);
export type BurdenReport = {
  readonly services: readonly Burden[];
  /** Papers that three services or more ask for. */
  readonly shared: readonly { readonly name: string; readonly services: readonly Service[] }[];
  readonly overlaps: readonly Overlap[];
  readonly proposals: readonly Proposal[];
};

export function burdenOf(handbook: Handbook): BurdenReport {
  const flows = flowsOf(proceduresOf(handbook));
  const results = resultsOf(handbook);
  const services = handbook.services.map((service) => burdenIn(handbook, service, flows.get(service), results));
  return {
    services,
    shared: sharedIn(handbook.services),
    overlaps: overlapsIn(handbook.services, flows),
    proposals: services.flatMap((burden) => proposalsIn(handbook, burden, flows.get(burden.service))),
  };
}

// ---------------------------------------------------------------- papers

/** Every paper a service may ask for, alternatives each by itself. */
const papersOf = (service: Service): RequiredDocument[] =>
  [service, ...(known(service.variants) ?? [])].flatMap((entry) =>
    (known(known(entry.documents)?.items) ?? []).flatMap((document) => {
      const among = known(document.oneOf);
      return among && document.name === undefined ? [...among] : [document];
    }),
  );
const plain = (name: string): string =>
  name
    .replace(/[（(][^（）()]*[）)]/g, '')
    .replace(/(正本|影本|及附件)+$/, '')
    .trim();

const REGISTERS: readonly (readonly [Holder, RegExp])[] = [
  ['household', /戶籍|戶口名簿|戶口謄本|除戶|親屬關係/],
  ['land', /(土地|建物|地籍|不動產).*(謄本|登記|權狀)|地籍圖/],
  ['company', /(公司|商業|營利事業|工廠).*(登記|設立|變更)/],
  ['tax', /(所得|財產|納稅|完稅|免稅|欠稅|稅籍).*(清單|證明|資料|謄本)/],
  ['insurance', /(勞保|勞工保險|投保|健保|就業保險).*(證明|資料|明細|清單)/],
  ['vehicle', /行照|行車執照|駕照|駕駛執照|車籍/],
  ['welfare', /(低收入|身心障礙|重大傷病).*(證明|手冊)/],
  ['court', /確定證明書|法人登記證書/],
];
/** Where a paper is got that a public office issues. */
const PUBLIC_OFFICE = /(機關|政府|公所|事務所|局|署|處|所|法院|監理站)$/;
const ISSUED_ELSEWHERE = /律師|會計師|診所|銀行|郵局|公司/;

function lookupsIn(service: Service, results: ReadonlyMap<string, string>): Lookup[] {
  const ownResults = new Set((known(service.result) ?? []).map(({ name = '' }) => plain(name)));
  const found = new Map<string, Lookup>();
  for (const document of papersOf(service)) {
    const { name, where, waived, basis, cited, at } = document;
    if (name === undefined || waived !== undefined || found.has(name)) continue;
    const holder = REGISTERS.find(([, paper]) => paper.test(name))?.[0];
    const own = ownResults.has(plain(name)) ? service.name : results.get(plain(name));
    const from: Lookup['from'] | undefined = holder
      ? { holder }
      : own !== undefined
        ? { own }
        : where !== undefined && PUBLIC_OFFICE.test(where) && !ISSUED_ELSEWHERE.test(where)
          ? { where }
          : undefined;
    if (from)
      found.set(name, {
        name,
        from,
        basis: basisOf([...(basis ?? []), ...Object.values(cited).flat()].filter(({ law }) => law !== undefined)),
        at: at.name ?? at.self,
      });
  }
  return [...found.values()];
}

const basisOf = (citations: readonly Citation[]): string[] => [
  ...new Set(citations.map((each) => citationText(each)).filter((text) => text !== '')),
];

/** What each service hands out, by name, with the name of the service. */
const resultsOf = ({ services }: Handbook): ReadonlyMap<string, string> =>
  new Map(
    services.flatMap(({ name: of, result }) =>
      (known(result) ?? []).flatMap(({ name }) => (name === undefined ? [] : [[plain(name), of] as const])),
    ),
  );

// ---------------------------------------------------------------- of one service

function burdenIn(
  handbook: Handbook,
  service: Service,
  flow: Flow | undefined,
  results: ReadonlyMap<string, string>,
): Burden {
  const cases = combinationsOf(service).all.map(({ answer }) => answer);
  const told = cases.filter(
    ({ documentsReason }) => documentsReason !== 'unconfirmed' && documentsReason !== 'undeclared',
  );
  const counts = told.map(({ documents }) => documents.filter(({ waived }) => waived === undefined).length);
  const sheets = told.map(({ documents }) => {
    const asked = documents.filter(({ waived }) => waived === undefined).map(({ document }) => document);
    const of = ({ copies, duplicates, kind }: RequiredDocument): number =>
      kind === 'shown' ? 0 : (known(copies) ?? 1) + (known(duplicates) ?? 0);
    return {
      most: asked.reduce((sum, document) => sum + of(document), 0),
      open: asked.some(({ copies, kind }) => isUnconfirmed(copies) || isUnconfirmed(kind)),
    };
  });
  const most = sheets.reduce<(typeof sheets)[number] | undefined>((a, b) => (!a || b.most > a.most ? b : a), undefined);
  return {
    service,
    ...(counts.length > 0 ? { documents: { least: Math.min(...counts), most: Math.max(...counts) } } : {}),
    ...(most ? { copies: { most: most.most, open: sheets.some(({ open }) => open) } } : {}),
    lookups: lookupsIn(service, results),
    waived: papersOf(service).filter(({ waived }) => waived !== undefined).length,
    visits: visitsOf(handbook, service, flow),
    steps: stepsOf(handbook, service, flow),
    twice: twiceIn(handbook, service, flow),
  };
}

function visitsOf({ office }: Handbook, service: Service, flow: Flow | undefined): Burden['visits'] {
  const steps = flow ? visitsIn(flow, known(office.parties) ?? []).map(({ text }) => text) : [];
  const declared = known(service.visits);
  return { times: declared ?? steps.length, steps, declared: declared !== undefined };
}

function stepsOf(handbook: Handbook, service: Service, flow: Flow | undefined): Burden['steps'] {
  const nodes = (flow?.nodes ?? []).filter(({ number }) => number !== undefined);
  const clients = clientsOf(handbook, service);
  const isOwn = ({ actors }: FlowNode): boolean => actors.some((actor) => clients.includes(roleText(actor)));
  // A question decides something; what it is decided by is a step of its own.
  const within = nodes.filter((node) => node.kind !== 'decision' && staysWithin(node, flow?.start?.id, clients));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const hand = (node: FlowNode | undefined): string | undefined =>
    !node || isOwn(node) || node.actors.length === 0 ? undefined : node.actors.map(roleText).join('、');
  const hands = (flow?.edges ?? []).filter(({ from, to }) => {
    const [one, other] = [hand(byId.get(from)), hand(byId.get(to))];
    return one !== undefined && other !== undefined && one !== other;
  });
  return {
    all: nodes.length,
    own: nodes.filter(isOwn).length,
    within: within.map(({ text }) => text),
    hands: hands.length,
  };
}

function twiceIn(handbook: Handbook, service: Service, flow: Flow | undefined): Twice[] {
  const found: Twice[] = [];
  const received = new Map<string, { where: string[]; at: Span }>();
  for (const { step, text, span } of flow?.nodes ?? [])
    for (const name of known(step.receives) ?? []) {
      const entry = received.get(plain(name)) ?? { where: [], at: span };
      received.set(plain(name), { ...entry, where: [...entry.where, text] });
    }
  for (const [name, { where, at }] of received) if (where.length > 1) found.push({ name, why: 'steps', where, at });
  const inFlow = (flow?.nodes ?? []).flatMap(({ step }) => known(step.services) ?? []);
  const beside = [...new Set([...(known(service.related) ?? []), ...inFlow])]
    .filter((id) => id !== service.id)
    .flatMap((id) => handbook.services.find((each) => each.id === id) ?? []);
  for (const document of papersOf(service)) {
    const name = plain(document.name ?? '');
    if (name === '' || document.waived !== undefined || isIdentity(name)) continue;
    const again = beside.filter((other) =>
      papersOf(other).some((each) => plain(each.name ?? '') === name && each.waived === undefined),
    );
    // Of two that name each other the first tells it.
    const told = again.filter(
      (other) =>
        !(known(other.related) ?? []).includes(service.id) ||
        handbook.services.indexOf(other) > handbook.services.indexOf(service),
    );
    if (told.length > 0 && !found.some((each) => each.name === name))
      found.push({ name, why: 'related', where: told.map((each) => each.name), at: document.at.self });
  }
  return found;
}

/** Who one is has to be shown each time. */
const isIdentity = (name: string): boolean => /^(國民)?身[分份]證|身[分份]證明|委任書|印章/.test(name);

// ---------------------------------------------------------------- of several services

function sharedIn(services: readonly Service[]): BurdenReport['shared'] {
  const by = new Map<string, Set<Service>>();
  for (const service of services)
    for (const { name, waived } of papersOf(service)) {
      if (name === undefined || waived !== undefined) continue;
      by.set(plain(name), (by.get(plain(name)) ?? new Set()).add(service));
    }
  return [...by]
    .filter(([, asking]) => asking.size > 2)
    .sort(([a, one], [b, other]) => other.size - one.size || (a < b ? -1 : 1))
    .map(([name, asking]) => ({ name, services: [...asking] }));
}

/** So much of what the smaller service asks and does stands in the other too, and at least so many things. */
const MUCH = 0.5;
const LEAST = 3;

/** Services that ask for the same papers and take the same steps. */
function overlapsIn(services: readonly Service[], flows: ReadonlyMap<Service, Flow>): Overlap[] {
  const things = services.map((service) => ({
    service,
    documents: new Set(papersOf(service).flatMap(({ name }) => (name === undefined ? [] : [plain(name)]))),
    steps: new Set(
      (flows.get(service)?.nodes ?? []).flatMap(({ text, number }) => (number === undefined ? [] : [text])),
    ),
  }));
  return things.flatMap((one, i) =>
    things.slice(i + 1).flatMap((other): Overlap[] => {
      const documents = [...one.documents].filter((name) => other.documents.has(name));
      const steps = [...one.steps].filter((text) => other.steps.has(text) && !/^(結束|收件|歸檔)$/.test(text));
      const least = Math.min(one.documents.size + one.steps.size, other.documents.size + other.steps.size);
      const both = documents.length + steps.length;
      return both >= LEAST && both / least >= MUCH
        ? [{ one: one.service, other: other.service, documents, steps }]
        : [];
    }),
  );
}

// ---------------------------------------------------------------- rules of others

function proposalsIn({ office }: Handbook, { service, lookups }: Burden, flow: Flow | undefined): Proposal[] {
  const isOwnRule = (text: string): boolean =>
    [office.name, office.short, '本機關', '本分署'].some(
      (name) => name !== undefined && name !== '' && text.startsWith(name),
    );
  const asked = lookups.flatMap(({ name, from, basis, at }): Proposal[] => {
    const others = basis.filter((text) => !isOwnRule(text));
    return others.length > 0 && !('own' in from) ? [{ kind: 'lookup', service, name, basis: others, at }] : [];
  });
  return [...asked, ...shorterLimit(service), ...unclearIn(service), ...waitingIn(office, service, flow)];
}

/** The office promises less time than the law allows: the law could do the same for everybody. */
function shorterLimit(service: Service): Proposal[] {
  const deadline = known(service.deadline);
  const [own, statutory] = [known(deadline?.limit), known(deadline?.statutory)];
  const law = statutory && statutory.yours !== true ? known(statutory.limit) : undefined;
  if (!own || !law || compareDurations(own, law) !== -1) return [];
  const basis = basisOf(statutory?.basis ?? []);
  const at = deadline?.at.statutory ?? service.at.self;
  return [{ kind: 'limit', service, own: own.printed, law: law.printed, basis, at }];
}

const DIFFER = /不一致|不同|不符|另載|未明定|互異|相異|出入/;
/** Lines of 查證說明 that say that sources differ, or that a rule leaves something open. */
function unclearIn(service: Service): Proposal[] {
  const lines = (service.findings?.markdown ?? '').split('\n').filter((line) => DIFFER.test(line));
  return lines.length === 0
    ? []
    : [{ kind: 'unclear', service, text: lines.join('\n'), at: service.at.findings ?? service.at.self }];
}

/** Steps of another office of which nothing says how long they take. */
function waitingIn(office: Handbook['office'], service: Service, flow: Flow | undefined): Proposal[] {
  const offices = known(office.offices) ?? [];
  const officeOf = ({ actors }: FlowNode): string | undefined =>
    actors.find((actor) =>
      offices.some(
        ({ name, short }) => actor.office !== undefined && (name === actor.office || short === actor.office),
      ),
    )?.office;
  const nodes = flow?.nodes ?? [];
  const isTimed = (node: FlowNode): boolean => node.limit !== undefined || node.limitOpen;
  return nodes.flatMap((node): Proposal[] => {
    const of = officeOf(node);
    if (of === undefined || isTimed(node) || node.kind !== 'step') return [];
    // What follows at once from what the same office has a limit for is done with it.
    const before = (flow?.edges ?? []).filter(({ to }) => to === node.id).map(({ from }) => from);
    if (nodes.some((each) => before.includes(each.id) && officeOf(each) === of && isTimed(each))) return [];
    return [{ kind: 'step', service, step: node.text, office: of, at: node.span }];
  });
}
