// "My list" of a service: few questions, and then what to bring, what it costs and how long it takes, to be printed. Nothing of it
// leaves the page or stays in it.
import type { Answer, AskedDocument, Question, Sum } from '../../../content/answer/person.js';
import { keyOfQuestion } from '../../../content/answer/person.js';
import { asked, type Replies } from './asked.js';
import type { Rules, ServiceRules } from './rules.js';
import { rulesHere } from './words.js';

type Part = Node | string | undefined | false;

export function offerLists(): void {
  let rules: Rules | undefined;
  for (const box of document.querySelectorAll<HTMLDetailsElement>('details.mine')) {
    box.hidden = false;
    box.addEventListener('toggle', () => {
      rules ??= rulesHere();
      const own = rules?.services[box.dataset.of ?? ''];
      if (box.open && rules && own && !box.querySelector('form')) new List(box, rules, own).start();
    });
  }
  addEventListener('afterprint', () => document.documentElement.classList.remove('lists-alone'));
}

function element(tag: string, values: Readonly<Record<string, string>>, ...parts: readonly Part[]): HTMLElement {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(values)) made.setAttribute(name, value);
  made.append(...parts.filter((part): part is Node | string => !!part));
  return made;
}

class List {
  readonly #replies = new Map<string, string>();
  readonly #form = document.createElement('form');
  readonly #shown = element('section', { class: 'list', 'aria-live': 'polite' });
  readonly #of: string;

  constructor(
    readonly box: HTMLDetailsElement,
    readonly rules: Rules,
    readonly own: ServiceRules,
  ) {
    this.#of = box.dataset.of ?? '';
  }

  start(): void {
    this.#form.addEventListener('submit', (event) => event.preventDefault());
    this.#form.addEventListener('change', ({ target }) => this.#take(target as HTMLInputElement));
    this.box.append(this.#form, this.#shown);
    this.#show();
  }

  #take(input: HTMLInputElement): void {
    const key = input.closest('fieldset')?.dataset.key ?? '';
    if (input.type === 'number' && (input.value === '' || !input.checkValidity())) {
      this.#replies.delete(key);
      input.setAttribute('aria-invalid', String(input.value !== '' || input.validity.badInput));
    } else {
      input.removeAttribute('aria-invalid');
      this.#replies.set(key, input.value);
    }
    this.#show();
  }

  /** What is asked so far; what stands there already is left alone, so that the keyboard stays where it is. */
  #show(): void {
    const { answer, questions } = asked(this.own, this.#replies as Replies, this.rules.date);
    const before = new Map(
      [...this.#form.querySelectorAll('fieldset')].map((each) => [each.dataset.key ?? '', each] as const),
    );
    const keys = questions.map(keyOfQuestion);
    for (const [key, each] of before) if (!keys.includes(key)) each.remove();
    questions.forEach((question, i) => {
      const key = keys[i] ?? '';
      const there = before.get(key) ?? this.#fieldset(question, key);
      if (this.#form.children[i] !== there) this.#form.insertBefore(there, this.#form.children[i] ?? null);
    });
    this.#shown.replaceChildren(...this.#listOf(answer));
  }

  #word(key: string, ...values: readonly string[]): string {
    return values.reduce((text, value, i) => text.replace(`{${i}}`, value), this.rules.words[key] ?? key);
  }

  /** A text of the content in the language of the page; what is not translated says that it is Chinese. */
  #say(text: string): Node | string {
    const said = this.#text(text);
    return this.rules.foreign && /\p{Script=Han}/u.test(said) ? element('span', { lang: 'zh-Hant' }, said) : said;
  }
  #text(text: string): string {
    const said = this.rules.said[text];
    if (said !== undefined || !this.rules.foreign) return said ?? text;
    // What is asked may be put together of two texts: 複製（A3）：彩色.
    return text
      .split('：')
      .map((part) => this.rules.said[part] ?? part)
      .reduce((before, part) => this.#word('field', before, part));
  }

  // -------------------------------------------------------------- questions

  #fieldset(question: Question, key: string): HTMLElement {
    const legend = element('legend', {}, ...this.#asks(question));
    const group = element('fieldset', { 'data-key': key }, legend);
    const name = `${this.#of} ${key}`;
    if (question.kind === 'quantity') {
      const unit = this.#text(question.unit);
      const input = element('input', {
        type: 'number',
        name,
        inputmode: 'decimal',
        step: 'any',
        min: question.optional ? '0' : '0.01',
        'aria-label': `${this.#text(question.text)} ${unit}`.trim(),
      });
      const hint = question.optional ? this.#word('none-is-zero') : '';
      group.append(element('label', {}, input, ` ${unit} `), element('span', { class: 'hint' }, hint));
      return group;
    }
    const values = question.kind === 'condition' ? ['yes', 'no'] : question.answers;
    for (const value of values)
      group.append(
        element(
          'label',
          {},
          element('input', { type: 'radio', name, value }),
          question.kind === 'condition' ? this.#word(value) : this.#say(value),
        ),
      );
    return group;
  }

  #asks(question: Question): Part[] {
    if (question.kind === 'condition') return [this.#say(question.text), element('small', {}, this.#word('is-it-so'))];
    if (question.kind !== 'quantity') return [this.#word(question.kind)];
    const { unit } = question;
    const many = unit === '' ? this.#word('how-many-plain') : this.#word('how-many', this.#text(unit));
    return [this.#say(question.text), element('small', {}, many)];
  }

  // -------------------------------------------------------------- the list

  #listOf(answer: Answer): Node[] {
    const whole = answer.questions.length === 0;
    const rows: [string, Part[]][] = [
      [whole ? 'documents' : 'documents-so-far', this.#documents(answer)],
      ['beside', this.#items(answer.beside.map((text) => [this.#say(text)]))],
      ['fee', this.#fee(answer)],
      ['limit', this.#limit(answer)],
      ['place', this.#items([answer.place, answer.hours].flatMap((text) => (text ? [[this.#say(text)]] : [])))],
      ['steps', this.#items(answer.steps.map((step) => this.#step(step)))],
      ['warnings', this.#items(answer.warnings.flatMap((warning) => this.#warning(warning)))],
    ];
    const print = element('button', { type: 'button' }, this.#word('print-list'));
    print.addEventListener('click', () => {
      document.documentElement.classList.add('lists-alone');
      window.print();
    });
    return [
      element('h4', {}, this.#word('field', this.#word('my-list'), this.own.name)),
      ...(whole ? [] : [element('p', { class: 'hint' }, this.#word('my-list-why'))]),
      ...rows
        .filter(([, parts]) => parts.length > 0)
        .map(([label, parts]) =>
          element('div', { class: `row-${label}` }, element('b', {}, this.#word(label)), ...parts),
        ),
      ...(whole ? [print] : []),
    ];
  }

  #items(items: readonly (readonly Part[])[]): Part[] {
    return items.length === 0 ? [] : [element('ul', {}, ...items.map((parts) => element('li', {}, ...parts)))];
  }

  #documents({ documents, documentsReason: reason }: Answer): Part[] {
    if (documents.length === 0)
      return [
        this.#word(
          reason === 'asked' || reason === 'unconfirmed' || reason === 'undeclared'
            ? reason
            : reason === 'like'
              ? 'undeclared'
              : 'none-needed',
        ),
      ];
    const list = this.#items(documents.map((each) => this.#document(each)));
    (list[0] as HTMLElement).className = 'ticks';
    return list;
  }

  #document({ document: { at, name = '' }, among }: AskedDocument): Part[] {
    const told = this.rules.documents[at.self as unknown as number];
    const box = element('input', { type: 'checkbox', 'aria-label': told?.name ?? this.#text(name) });
    if (!told) return [box, this.#say(name)];
    const choices = (among ?? []).flatMap((each) => {
      const one = this.rules.documents[each.at.self as unknown as number];
      return one ? [[one.name, one.details && element('small', {}, one.details)]] : [];
    });
    return [
      box,
      element('span', {}, told.name),
      told.details && element('small', {}, told.details),
      ...this.#items(choices),
      ...told.notes.map((note) => element('small', { class: 'note' }, note)),
    ];
  }

  #sum({ amount, most, open, currency }: Sum): string {
    if (amount === '0' && most === undefined && !open) return this.#word('free');
    const grouped = (digits: string): string =>
      digits.replace(/^-?\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ','));
    const number = `${grouped(amount)}${most === undefined ? '' : `–${grouped(most)}`}`;
    const text = currency === '新臺幣' ? this.#word('dollars', number) : `${number} ${currency}`;
    return open ? this.#word('and-up', text) : text;
  }

  #fee({ fee: { totals, charges, reason } }: Answer): Part[] {
    const total =
      totals.length > 0
        ? totals.map((sum) => this.#sum(sum)).join(' + ')
        : this.#word(
            reason === 'asked'
              ? 'asked'
              : reason === 'undeclared' || reason === 'none-applies'
                ? 'undeclared'
                : 'unconfirmed',
          );
    const lines = charges.flatMap(({ item, count, sum, unpriced }): Part[][] => {
      if (item === '' || (!sum && !unpriced)) return [];
      const many = count ? ` × ${count.number} ${this.#text(count.unit)}` : '';
      return [[this.#say(item), `${many} ${sum ? `= ${this.#sum(sum)}` : this.#word('unconfirmed')}`]];
    });
    return [total, ...this.#items(lines.length > 1 || lines.some(([, text]) => text !== ` = ${total}`) ? lines : [])];
  }

  #limit({ limit: { immediate, limit, of, from, extra, reason, why } }: Answer): Part[] {
    if (immediate) return [this.#word('immediate')];
    if (limit === undefined)
      return [
        why ? this.#say(why) : this.#word(reason === 'asked' || reason === 'undeclared' ? reason : 'unconfirmed'),
      ];
    const time = this.#text(limit.printed);
    const more = extra.map(({ printed }) => ` + ${this.#text(printed)}`).join('');
    const counted = from === undefined ? '' : this.#word('brackets', this.#word('counted-from', this.#text(from)));
    return [`${of === 'target' ? this.#word('target-of', time) : time}${more}${counted}`];
  }

  #step({ text, when, limit }: Answer['steps'][number]): Part[] {
    const said = `${this.#text(text)}${limit ? this.#word('brackets', this.#text(limit.printed)) : ''}`;
    const parts = when.map((each) => this.#text(each)).join(' · ');
    return [parts === '' ? said : this.#word('if', parts, said)];
  }

  #warning({ kind, text }: Answer['warnings'][number]): Part[][] {
    const key = `warning-${kind}`;
    if (text === '') return [];
    return [[key in this.rules.words ? this.#word(key, this.#text(text)) : this.#say(text)]];
  }
}
