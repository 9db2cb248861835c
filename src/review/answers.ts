// Answers put into the content: each replaces exactly the 待確認 it was asked for. What was changed meanwhile, is answered twice, or
// cannot stand there is refused by its cell; nothing else of a file is touched, neither comments nor layout.
import type { Root } from 'mdast';
import { readerOf, treeOf } from '../content/parse.js';
import type { Content } from '../content/read.js';
import type { Handbook } from '../content/schema/model.js';
import { isPlaceholder, quote, saysUnconfirmed } from '../content/schema/tree.js';
import type { Fault } from '../core/diagnostic.js';
import type { Say, Source } from '../core/source.js';
import { leavesOf, type OpenPlace, openPlaces, placeCode, recordsOf } from './open-places.js';

/** `at`: the file and the cell. `wrong`: what is the matter with the cell itself; `typed`: a number of a spreadsheet. */
export type Answered = {
  readonly at: string;
  readonly code: string;
  readonly text: string;
  readonly wrong?: Say;
  readonly isNumber?: boolean;
};
export type Refusal = { readonly at: string; readonly say: Say };
/** `texts`: of the files that change, by path. `same`: answers that the content has already. */
export type Outcome = {
  readonly texts: ReadonlyMap<string, string>;
  readonly done: number;
  readonly same: number;
  readonly refused: readonly Refusal[];
};

type Parser = (text: string) => Root;

export function withAnswers(
  content: Content,
  handbook: Handbook,
  answers: readonly Answered[],
  parse: Parser,
): Outcome {
  const open = new Map(openPlaces(content, handbook, parse).map((place) => [place.code, place]));
  const now = textsNow(content, parse);
  const refused: Refusal[] = [];
  const refuse = ({ at }: Answered, zh: string, en: string): void => void refused.push({ at, say: { zh, en } });
  const given = new Map<string, { place: OpenPlace; answer: Answered }>();
  const conflicts = new Set<string>();
  let same = 0;
  for (const answer of answers) {
    const { code, text, wrong, isNumber } = answer;
    const place = open.get(code);
    const before = given.get(code);
    if (wrong) refuse(answer, wrong.zh, wrong.en);
    else if (saysUnconfirmed(text) || isPlaceholder(text))
      refuse(
        answer,
        `「${quote(text)}」不是答案；還不知道就留空白。`,
        `"${quote(text)}" is no answer; leave the cell empty.`,
      );
    else if (!place) {
      const there = now.get(code.split('-')[0] ?? '');
      if (there !== undefined && there.trim() === text) same += 1;
      else if (there !== undefined)
        refuse(
          answer,
          `這一處已經改成「${quote(there)}」，不再是發出去時的樣子；請重新產生表格（review --ask）。`,
          `This place is now "${quote(there)}", not what was asked; make the sheet anew (review --ask).`,
        );
      else
        refuse(
          answer,
          `內容裡已經沒有編號「${quote(code)}」的這一處；請重新產生表格（review --ask）。`,
          `There is no place "${quote(code)}" in the content any more; make the sheet anew (review --ask).`,
        );
    } else if (isNumber && /電話|傳真|分機|文號|編號|郵遞/.test(place.leaf.keys.at(-1) ?? ''))
      refuse(
        answer,
        `試算表把「${text}」存成數字，開頭的 0 可能不見了；請把儲存格設為文字再填一次。`,
        `The spreadsheet has made a number of "${text}" and may have dropped a zero; format the cell as text and type it again.`,
      );
    else if (before && before.answer.text !== text) {
      conflicts.add(code);
      for (const [one, other] of [
        [answer, before.answer],
        [before.answer, answer],
      ] as const)
        refuse(
          one,
          `同一處有兩個答案：這裡是「${quote(one.text)}」，${other.at} 是「${quote(other.text)}」。`,
          `One place has two answers: "${quote(one.text)}" here, "${quote(other.text)}" in ${other.at}.`,
        );
    } else given.set(code, { place, answer });
  }
  for (const code of conflicts) given.delete(code);
  return { ...applied(content, [...given.values()], parse, refused), same };
}

/** Every text of the content by the code of its place. */
function textsNow(content: Content, parse: Parser): Map<string, string> {
  return new Map(
    recordsOf(content).flatMap((source) => {
      const tree = treeOf(source, parse);
      return tree ? leavesOf(tree).map((leaf) => [placeCode(source, leaf, 0), leaf.scalar.text] as const) : [];
    }),
  );
}

type Given = { readonly place: OpenPlace; readonly answer: Answered };
type Put = Given & { readonly text: string };

function applied(
  content: Content,
  given: readonly Given[],
  parse: Parser,
  refusedBefore: readonly Refusal[],
): Omit<Outcome, 'same'> {
  const texts = new Map<string, string>();
  const refused = [...refusedBefore];
  let done = 0;
  for (const source of recordsOf(content)) {
    const own = given.filter(({ place }) => place.source === source);
    if (own.length === 0) continue;
    const before = faultsIn(content, source, source.text, parse);
    const isRight = (puts: readonly Put[]): boolean => {
      const text = replaced(source.text, puts);
      return isExactly(source, text, puts, parse) && !newFault(before, faultsIn(content, source, text, parse));
    };
    // Nearly always all are right as they are usually written; only else is each tried by itself.
    const usual = own.map((each): Put => ({ ...each, text: formsOf(each)[0] ?? '' }));
    const puts = isRight(usual)
      ? usual
      : own.flatMap((each): Put[] => {
          const put = putOf(content, each, before, parse);
          if (typeof put === 'string') return [{ ...each, text: put }];
          refused.push({ at: each.answer.at, say: put });
          return [];
        });
    const text = replaced(source.text, puts);
    if (puts.length === 0) continue;
    // Each by itself was right; all together they must be too.
    if (puts !== usual && !isRight(puts))
      for (const { answer } of puts)
        refused.push({
          at: answer.at,
          say: {
            zh: `與同一個檔案（${source.path}）的其他答案不能並存，這個檔案沒有更動。`,
            en: `It cannot stand beside the other answers for ${source.path}; that file is as it was.`,
          },
        });
    else {
      texts.set(source.path, text);
      done += puts.length;
    }
  }
  return { texts, done, refused };
}

/** In YAML plain where that cannot be taken for anything else. */
const PLAIN = /^[^\s\-?:,[\]{}#&*!|>'"%@`][^:#{}[\],&*'"\n]*$/;

/** How a text may be written at its place, the usual way first. */
function formsOf({ place: { source, from }, answer: { text } }: Given): string[] {
  const oneLine = text.includes('\n') ? [] : [text];
  const isYaml = !/\.md$/i.test(source.path) || from < source.text.indexOf('\n---', 1);
  // Within a block nothing is quoted.
  if (isYaml) return [...(PLAIN.test(text) ? oneLine : []), JSON.stringify(text), ...oneLine];
  return [...oneLine, ...oneLine.map((each) => each.replace(/[\\`*_[\]<>#|~&]/g, '\\$&'))];
}

/** How the answer is written where it belongs, so that it is read as what it is and nothing else changes; why it cannot be, else. */
function putOf(content: Content, given: Given, before: ReadonlySet<string>, parse: Parser): string | Say {
  const { source } = given.place;
  const { text } = given.answer;
  for (const form of formsOf(given)) {
    const put: Put = { ...given, text: form };
    const whole = replaced(source.text, [put]);
    if (!isExactly(source, whole, [put], parse)) continue;
    const fault = newFault(before, faultsIn(content, source, whole, parse));
    return fault
      ? {
          zh: `「${quote(text)}」不能寫在這裡：${fault.message.zh}`,
          en: `"${quote(text)}" cannot stand there: ${fault.message.en}`,
        }
      : form;
  }
  return {
    zh: `「${quote(text)}」寫不進這一處；請改寫成一行文字，或直接修改 ${source.path}。`,
    en: `"${quote(text)}" cannot be written there; make it one line of text, or edit ${source.path}.`,
  };
}

function replaced(text: string, puts: readonly Put[]): string {
  let out = '';
  let at = 0;
  for (const { place, text: put } of [...puts].sort((a, b) => a.place.from - b.place.from)) {
    out += text.slice(at, place.from) + put;
    at = place.to;
  }
  return out + text.slice(at);
}

/** Whether a file reads as before but for the answers. */
function isExactly(source: Source, text: string, puts: readonly Put[], parse: Parser): boolean {
  const [old, fresh] = [treeOf(source, parse), treeOf({ ...source, text }, parse)];
  if (!old || !fresh) return false;
  const [before, after] = [leavesOf(old), leavesOf(fresh)];
  const expected = new Map(
    puts.map(({ place, answer }) => [
      place.leaf.path,
      place.isWhole ? answer.text : place.leaf.scalar.text.replace(place.written, () => answer.text),
    ]),
  );
  return (
    before.length === after.length &&
    before.every(({ path, scalar }, i) => {
      const other = after[i];
      return other?.path === path && other.scalar.text.trim() === (expected.get(path) ?? scalar.text).trim();
    })
  );
}

const nameOf = ({ rule, message }: Fault): string => `${rule} ${message.en}`;

/** The faults of one file beside the others, by name. */
function faultsIn(
  content: Content,
  source: Source,
  text: string,
  parse: Parser,
): ReadonlySet<string> & { all: Fault[] } {
  const fresh: Source = { ...source, text };
  const all =
    source === content.office || source === content.book
      ? readerOf({ ...content, [source === content.office ? 'office' : 'book']: fresh, faults: [] }, parse).frame.faults
      : readerOf({ ...content, faults: [] }, parse).service(fresh).faults;
  return Object.assign(new Set(all.map(nameOf)), { all: [...all] });
}
const newFault = (before: ReadonlySet<string>, after: { all: Fault[] }): Fault | undefined =>
  after.all.find((fault) => !before.has(nameOf(fault)));
