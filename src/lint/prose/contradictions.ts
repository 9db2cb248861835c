// Prose held against fields: what a text says plainly and no field declares, where the fields do declare something of it.
import { compareDurations } from '../../content/duration.js';
import type { Handbook } from '../../content/schema/model.js';
import type { TimeUnit } from '../../content/schema/procedure.js';
import type { Span } from '../../core/source.js';
import type { Found, Mention, Whole } from '../rule.js';
import { type Claim, claimsIn, TIME_UNITS, TOPICS, type Topic } from './claims.js';
import { type Fact, factsOfOffice, factsOfService } from './facts.js';
import { type ProseText, placeIn, proseOf } from './texts.js';

/** A claim that no fact bears out, and the fact that comes nearest. */
type Contradiction = { readonly claim: Claim; readonly fact: Fact; readonly span: Span };

/** Which topics are the office's own. */
const STANDARDS: ReadonlySet<Topic> = new Set<Topic>([
  'guide',
  'counter',
  'complaint',
  'answer',
  'rings',
  'visits',
  'floor',
]);

const found = new WeakMap<Handbook, readonly Contradiction[]>();
/** Everything of the files at hand that contradicts their own fields or those of the office. */
function contradictionsIn(handbook: Handbook): readonly Contradiction[] {
  const before = found.get(handbook);
  if (before) return before;
  const office = officeFacts(handbook);
  const all = [
    ...handbook.services.flatMap((service) => {
      const texts = proseOf(service).filter(({ text }) => claimsIn(text).length > 0);
      if (texts.length === 0) return [];
      const own = factsOfService(service);
      // What the service says of itself goes before what the office says of all.
      const mine = new Set(own.map(({ topic }) => topic));
      return against(texts, [...own, ...office.filter(({ topic }) => !mine.has(topic))]);
    }),
    ...handbook.chapters.flatMap(({ prose }) => against([chapterText(prose)], office)),
  ];
  found.set(handbook, all);
  return all;
}

const offices = new WeakMap<object, readonly Fact[]>();
function officeFacts({ office }: Handbook): readonly Fact[] {
  const before = offices.get(office);
  if (before) return before;
  const facts = factsOfOffice(office);
  offices.set(office, facts);
  return facts;
}

const chapterText = (prose: { markdown: string; span: Span }): ProseText => ({
  text: prose.markdown,
  span: prose.span,
  key: '',
});

/** What the texts say that the facts do not bear out. */
function against(texts: readonly ProseText[], facts: readonly Fact[]): Contradiction[] {
  if (facts.length === 0) return [];
  return texts.flatMap((text) =>
    claimsIn(text.text).flatMap((claim) => {
      const fact = unborne(claim, facts);
      return fact ? [{ claim, fact, span: placeIn(text, claim.start, claim.end) }] : [];
    }),
  );
}

/** The fact that a claim contradicts; none where some fact bears it out or nothing is declared of it. */
function unborne(claim: Claim, facts: readonly Fact[]): Fact | undefined {
  const about = facts.filter(({ topic }) => topic === claim.topic);
  const named = narrowed(claim, about);
  if (named.length === 0 || named.some((fact) => bearsOut(claim, fact) || isWithin(claim, fact))) return undefined;
  return named.find((fact) => isContrary(claim, fact));
}

/** The facts that a claim is about: those whose name stands in its words, those of the same unit of charge. */
function narrowed(claim: Claim, facts: readonly Fact[]): readonly Fact[] {
  const { clause, sentence, topic, per } = claim;
  const named = facts.filter(({ of }) => of !== undefined && of.length > 1 && clause.includes(of));
  if (topic === 'remedy') return facts.filter(({ of }) => isRemedy(sentence, of));
  if (topic === 'fresh' && named.length === 0 && isOtherPaper(claim, facts)) return [];
  if (topic === 'floor') return named;
  if (topic === 'deadline') {
    if (named.length > 0) return named;
    const whole = facts.filter(({ of }) => of === undefined);
    return /(?:辦理|處理|作業)(?:時限|期限|時間|天數)|全程|總共|合計|共需/.test(clause) && whole.length > 0
      ? whole
      : facts;
  }
  if (topic === 'copies' || topic === 'fresh' || topic === 'remaining') {
    if (named.length > 0) return named;
    const near = facts.filter(({ of }) => of !== undefined && sentence.includes(of));
    return near.length > 0 ? near : facts;
  }
  if (topic !== 'fee') return facts;
  const items = named.length > 0 ? named : facts;
  const rated = per === undefined ? [] : items.filter((fact) => fact.per === per);
  return rated.length > 0 ? rated : items;
}

const REMEDIES = ['訴願', '行政訴訟', '聲明異議', '復查', '抗告', '申復', '聲明不服', '再審'];
/** A sentence that names one remedy says nothing of another: 行政訴訟應於 2 個月內提起 beside 訴願. */
function isRemedy(sentence: string, of: string | undefined): boolean {
  // 訴願決定書送達後 speaks of no 訴願 to come.
  const named = REMEDIES.filter((each) => new RegExp(`${each}(?!決定|書|機關)`).test(sentence));
  return of === undefined || named.length === 0 || named.some((each) => of.includes(each));
}
/** 1 個月內核發之財產歸屬清單, where no document is called so. */
function isOtherPaper({ clause, written }: Claim, facts: readonly Fact[]): boolean {
  const after = clause.slice(clause.indexOf(written) + written.length);
  const [, paper = ''] = /^[^之的]{0,6}[之的]([\u4e00-\u9fff]{3,})/.exec(after) ?? [];
  const isCalled = facts.some(({ of = '' }) =>
    Array.from(of, (_, i) => of.slice(i, i + 2)).some((two) => two.length === 2 && paper.includes(two)),
  );
  return paper !== '' && !/^(?:證明|文件|資料|證件|正本|影本)/.test(paper) && !isCalled;
}

const isTime = (unit: string): unit is TimeUnit => TIME_UNITS.has(unit);
const lengthOf = ({ value, unit }: { value: number; unit: string }) => ({
  most: value,
  unit: unit as TimeUnit,
  printed: '',
});

function bearsOut(claim: Claim, fact: Fact): boolean {
  if (isTime(claim.unit) !== isTime(fact.unit)) return false;
  return isTime(claim.unit)
    ? fact.value === 0
      ? claim.unit === 'minute' || claim.unit === 'hour' || claim.unit === 'second'
      : compareDurations(lengthOf(claim), lengthOf(fact)) === 0
    : claim.value === fact.value;
}

/** Fewer visits than there may be are no contradiction, unless they are said to be the most. */
const isWithin = (claim: Claim, fact: Fact): boolean =>
  claim.topic === 'visits' &&
  claim.value < fact.value &&
  !/最多|至多|不超過|上限/.test(claim.sentence.slice(0, claim.sentence.indexOf(claim.written)).slice(-12));

/** Not borne out, and not only said in units that the calendar alone can compare: 1 個月 beside 30 日. */
function isContrary(claim: Claim, fact: Fact): boolean {
  if (!isTime(claim.unit) || fact.value === 0) return true;
  return compareDurations(lengthOf(claim), lengthOf(fact)) !== undefined || claim.value === fact.value;
}

/** Reports the contradictions in these topics. */
export function reportContradictions(
  handbook: Handbook,
  topics: readonly Topic[],
  report: (found: Found) => void,
): void {
  for (const contradiction of contradictionsIn(handbook))
    if (topics.includes(contradiction.claim.topic)) report(told(contradiction));
}

function told({ claim, fact, span }: Contradiction): Found {
  const { zh, en } = TOPICS[claim.topic];
  const of = fact.of && claim.topic !== 'deadline' ? fact.of : '';
  return {
    span,
    message: {
      zh: `這裡寫「${claim.written}」，但${of ? `「${of}」的` : ''}${zh}是「${fact.said}」（${fact.path} 第 ${fact.line} 行）。`,
      en: `This says "${claim.written}", but the field "${en}"${of ? ` of "${of}"` : ''} says ${fact.said} (${fact.path}, line ${fact.line}).`,
    },
    hint: {
      zh: '兩處只有一處是對的：查對後改成一樣。說的是別的事，就在句子裡寫明是什麼。',
      en: 'Only one of the two is right: verify and make them the same. Where something else is meant, say so in the sentence.',
    },
  };
}

// ---------------------------------------------------------------- chapters that speak of a service by its name

/** What a chapter says of quantities, and what a service declares, to be held against each other by the service's name. */
export function mentionsOf(handbook: Handbook): Mention[] {
  const services = handbook.services.map((service): Mention => {
    const facts = factsOfService(service).filter(({ topic }) => !STANDARDS.has(topic) || topic === 'visits');
    return { word: service.name, span: service.at.name ?? service.at.self, also: [JSON.stringify(facts)] };
  });
  const chapters = handbook.chapters.flatMap(({ prose }) => {
    const text = chapterText(prose);
    return claimsIn(text.text)
      .filter(({ topic }) => !STANDARDS.has(topic) || topic === 'visits')
      .map(
        (claim): Mention => ({ word: '', span: placeIn(text, claim.start, claim.end), also: [JSON.stringify(claim)] }),
      );
  });
  return [...services, ...chapters];
}

/** Reports what chapters say of services by name and the services do not declare. */
export function reportOfServices({ mentions }: Whole, report: (found: Found) => void): void {
  const services = mentions.filter(({ word }) => word.length > 2);
  for (const { word, span, also: [written = ''] = [] } of mentions) {
    if (word !== '') continue;
    const claim = JSON.parse(written) as Claim;
    for (const { word: name, also: [facts = '[]'] = [] } of services) {
      if (!claim.sentence.includes(name)) continue;
      const fact = unborne(claim, JSON.parse(facts) as Fact[]);
      if (fact) report(told({ claim, fact, span }));
    }
  }
}
