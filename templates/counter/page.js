// The page of `servicebook counter`: finds a service, asks one question at a time, ticks what was brought, prints.
//
// What is answered goes to the program in the body of a POST and is kept in this script alone, until the next person comes.
const $ = (id) => document.getElementById(id);

/** Words, services and languages in the language that is shown. */
let book;
/** Service and replies of the person at the counter; what the program last told of them. */
let service;
let replies = [];
let told;
/** Of each document by its number: `brought`, or `missing` with its reason. */
let marks = new Map();
/** Counts what is asked of the program: an answer that comes too late is left aside. */
let turn = 0;
/** The entry of the list that Enter opens. */
let active = 0;
let listed = [];

const say = (key, ...values) => book.words[key].replace(/\{(\d)\}/g, (_, i) => String(values[i] ?? ''));

// ---------------------------------------------------------------- small tools

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (name === 'onclick' || name === 'oninput') element.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : value);
  element.append(...children.filter((child) => child !== undefined && child !== false));
  return element;
}
const button = (attributes, ...children) => make('button', { type: 'button', ...attributes }, ...children);
const list = (texts, attributes) => make('ul', attributes, ...texts.map((text) => make('li', {}, text)));

/** Asks the program. A mistake of the reader is shown, and `undefined` comes back. */
async function post(path, asked) {
  let response;
  try {
    response = await fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(asked),
      cache: 'no-store',
    });
  } catch {
    $('fault').textContent = say('lost');
    return undefined;
  }
  $('fault').textContent = response.ok ? '' : await response.text();
  return response.ok ? response.json() : undefined;
}

// ---------------------------------------------------------------- the page in a language

async function open(lang) {
  const found = await post('open', { lang });
  if (!found) return;
  book = found;
  document.documentElement.lang = book.tag;
  document.title = say('counter');
  $('title').textContent = say('counter');
  $('office').textContent = book.office;
  $('language-label').textContent = say('language');
  $('language').replaceChildren(
    ...book.languages.map(({ lang: value, name }) => make('option', { value, selected: value === book.lang }, name)),
  );
  document.querySelector('.languages').hidden = book.languages.length < 2;
  $('next-person').replaceChildren(say('next-person'), ' ', make('kbd', {}, 'N'));
  $('find-label').textContent = say('find');
  $('find-hint').textContent = say('find-hint');
  $('kept').textContent = say('kept');
  document.querySelector('.skip').textContent = say('skip');
  $('waiting').hidden = true;
  if (service === undefined) showFind();
  else await showCase();
}

function keysHelp(...pairs) {
  $('keys').replaceChildren(
    ...pairs.map(([keys, key]) => make('span', {}, ...keys.flatMap((each) => [make('kbd', {}, each), ' ']), say(key))),
  );
}

// ---------------------------------------------------------------- finding a service

const plain = (text) => text.normalize('NFKC').toLowerCase().replaceAll('臺', '台').replace(/\s+/g, '');

/** Names that begin so, names that hold it, what people call it, and then what is said of it. */
function findServices(written) {
  const wanted = plain(written);
  const rank = ({ id, name, alias, summary }) => {
    const names = [name, id, ...alias].map(plain);
    if (names.some((each) => each.startsWith(wanted))) return 0;
    if (names.some((each) => each.includes(wanted))) return 1;
    return plain(summary).includes(wanted) ? 2 : 3;
  };
  return book.services
    .map((each) => ({ each, at: rank(each) }))
    .filter(({ at }) => at < 3)
    .sort((a, b) => a.at - b.at)
    .map(({ each }) => each);
}

function showFind() {
  $('find').hidden = false;
  $('ask').hidden = true;
  $('next-person').hidden = true;
  document.title = say('counter');
  listServices();
  keysHelp([['↑', '↓'], 'key-choose'], [['Enter'], 'key-open']);
  $('search').focus();
}

function listServices() {
  listed = findServices($('search').value);
  active = 0;
  $('services').replaceChildren(
    ...listed.map(({ id, name, summary }, i) =>
      make(
        'li',
        { role: 'option', id: `option-${i}`, onclick: () => choose(id) },
        make('b', {}, name),
        summary === '' ? undefined : make('span', {}, summary),
      ),
    ),
  );
  $('find-hint').textContent = listed.length === 0 ? say('none-found') : say('find-hint');
  point(0, false);
  if ($('search').value !== '')
    $('said').textContent = listed.length === 0 ? say('none-found') : say('found', listed.length);
}

function point(index, scroll = true) {
  active = Math.max(0, Math.min(listed.length - 1, index));
  for (const [i, option] of [...$('services').children].entries())
    option.setAttribute('aria-selected', String(i === active));
  const option = $('services').children[active];
  if (option) $('search').setAttribute('aria-activedescendant', option.id);
  else $('search').removeAttribute('aria-activedescendant');
  if (scroll) option?.scrollIntoView({ block: 'nearest' });
}

async function choose(id) {
  service = id;
  replies = [];
  marks = new Map();
  await showCase();
}

async function nextPerson() {
  turn += 1;
  service = undefined;
  replies = [];
  told = undefined;
  marks = new Map();
  for (const id of ['question', 'taken', 'answer']) $(id).replaceChildren();
  $('search').value = '';
  $('said').textContent = '';
  showFind();
  await post('forget', {});
}

// ---------------------------------------------------------------- the case

async function showCase() {
  const mine = ++turn;
  const found = await post('told', { lang: book.lang, service, replies });
  if (!found || mine !== turn) return;
  told = found;
  // The replies that still count, in the order of their questions; "none of the rest" behind them.
  const counted = new Map(told.taken.map(({ key }, i) => [key, i]));
  replies = replies
    .filter(({ key }) => key === 'rest' || counted.has(key))
    .sort((a, b) => (counted.get(a.key) ?? counted.size) - (counted.get(b.key) ?? counted.size));
  $('find').hidden = true;
  $('ask').hidden = false;
  $('next-person').hidden = false;
  $('service').textContent = told.service.name;
  $('summary').textContent = told.service.summary;
  $('status').textContent = told.service.status;
  document.title = told.service.name;
  if (told.fault !== undefined) $('fault').textContent = told.fault;
  $('ask').classList.toggle('done', told.question === undefined);
  showTaken();
  showAnswer();
  showQuestion();
}

async function reply(key, value) {
  replies = [...replies.filter((each) => each.key !== key && (key === 'rest' || each.key !== 'rest')), { key, value }];
  marks = new Map();
  await showCase();
}

async function back() {
  if (replies.length === 0) return nextPerson();
  replies = replies.slice(0, -1);
  marks = new Map();
  await showCase();
}

/** What was answered, each to be asked anew. */
function showTaken() {
  const entries = [
    ...told.taken.map(({ key, label, value }) => ({ key, label, value })),
    ...(replies.some(({ key }) => key === 'rest')
      ? [{ key: 'rest', label: say('rest'), value: say('rest-none') }]
      : []),
  ];
  const items = entries.map(({ key, label, value }) =>
    make(
      'li',
      {},
      button(
        {
          onclick: () => {
            replies = replies.filter((each) => each.key !== key);
            marks = new Map();
            return showCase();
          },
        },
        make('span', {}, label),
        make('b', {}, value),
        make('i', { class: 'unseen' }, ` ${say('change', label)}`),
      ),
    ),
  );
  $('taken').replaceChildren(...(items.length === 0 ? [] : [make('h2', {}, say('answers')), make('ul', {}, ...items)]));
}

function showQuestion() {
  const { question, left } = told;
  if (!question) {
    $('question').replaceChildren();
    $('said').textContent = say('answered-all');
    $('to-bring').focus();
    keysHelp(
      [['1', '–', '9'], 'key-tick'],
      [['A'], 'key-all'],
      [['P'], 'key-print'],
      [['⌫'], 'key-back'],
      [['N'], 'key-next'],
    );
    return;
  }
  const { key, kind, label, answers, rest } = question;
  const isNumber = kind === 'quantity';
  const ask = isNumber
    ? question.unit
      ? say('how-many', question.unit)
      : say('how-many-plain')
    : kind === 'condition'
      ? say('is-it-so')
      : '';
  const heading = make('h2', { tabindex: '-1', id: 'asked' }, label);
  const below = make(
    'div',
    { class: 'below' },
    rest && button({ onclick: () => reply('rest', 'no') }, make('kbd', {}, '0'), ' ', say('rest-none')),
    button({ onclick: back }, make('kbd', {}, '⌫'), ' ', say('back')),
  );
  // The zero of a number is written and not pressed.
  if (isNumber) below.querySelector('kbd').textContent = rest ? 'R' : '⌫';
  $('question').replaceChildren(
    make('p', { class: 'hint' }, make('span', {}, ask), make('span', {}, left > 1 ? say('left', left) : say('last'))),
    heading,
    isNumber ? numberField(question) : choicesOf(key, answers),
    below,
  );
  keysHelp(
    isNumber
      ? [['Enter'], 'go-on']
      : [answers.length > 1 ? ['1', '–', String(Math.min(9, answers.length))] : ['1'], 'key-answer'],
    ...(rest ? [[[isNumber ? 'R' : '0'], 'key-rest']] : []),
    [['⌫'], 'key-back'],
    [['N'], 'key-next'],
  );
  (isNumber ? $('number') : heading).focus();
}

const choicesOf = (key, answers) =>
  make(
    'div',
    { class: answers.length === 2 ? 'choices two' : 'choices', role: 'group', 'aria-labelledby': 'asked' },
    ...answers.map(({ value, label }, i) =>
      button({ onclick: () => reply(key, value) }, i < 9 && make('kbd', {}, String(i + 1)), make('span', {}, label)),
    ),
  );

function numberField({ key, optional, unit }) {
  const field = make('input', {
    id: 'number',
    type: 'text',
    inputmode: 'decimal',
    autocomplete: 'off',
    'aria-labelledby': 'asked',
    'aria-describedby': 'number-hint',
  });
  return make(
    'div',
    {},
    make(
      'div',
      { class: 'number' },
      field,
      unit ? make('span', {}, unit) : undefined,
      button({ class: 'chief', onclick: () => field.value.trim() !== '' && reply(key, field.value) }, say('go-on')),
    ),
    make(
      'p',
      { id: 'number-hint', class: told.refused === undefined ? 'hint' : 'refused' },
      told.refused ?? (optional ? say('none-is-zero') : ''),
    ),
  );
}

// ---------------------------------------------------------------- what holds

function showAnswer() {
  const { fee, limit, place, steps, warnings } = told;
  const section = (title, ...children) => make('section', {}, make('h2', {}, title), ...children);
  $('answer').replaceChildren(
    papers(),
    make(
      'div',
      { class: 'facts' },
      section(
        say('fee'),
        make('p', { class: 'total' }, fee.total),
        fee.lines.length > 0 && list(fee.lines, { class: 'more' }),
      ),
      section(
        say('limit'),
        make('p', { class: 'total' }, limit.total),
        limit.lines.length > 0 && list(limit.lines, { class: 'more' }),
      ),
      place.length > 0 && section(say('place'), ...place.map((text) => make('p', {}, text))),
      warnings.length > 0 && section(say('warnings'), list(warnings, { class: 'steps' })),
      steps.length > 0 && told.question === undefined && section(say('steps'), list(steps, { class: 'steps' })),
    ),
  );
}

function papers() {
  const { documents, beside, noDocuments, question } = told;
  const done = question === undefined;
  const title = done ? say('documents') : say('documents-so-far');
  return make(
    'section',
    { class: 'papers' },
    make(
      'h2',
      { id: 'to-bring', tabindex: '-1' },
      title,
      done && documents.length > 1 && button({ onclick: allBrought }, make('kbd', {}, 'A'), ' ', say('all-brought')),
    ),
    noDocuments !== undefined && make('p', {}, noDocuments),
    documents.length > 0 && make('ol', {}, ...documents.map((each, i) => paper(each, i, done))),
    beside.length > 0 && make('p', {}, make('b', {}, say('beside')), ' ', beside.join('；')),
    done && documents.length > 0 && make('p', { class: 'more' }, say('tick-hint')),
    done && printing(),
  );
}

function paper({ name, details, among, notes, waived }, n, done) {
  const mark = marks.get(n);
  const toggle = (kind) =>
    button(
      {
        class: kind,
        'aria-pressed': String(mark?.kind === kind),
        'aria-label': `${n + 1} ${name}: ${say(kind)}`,
        onclick: () => setMark(n, mark?.kind === kind ? undefined : kind),
      },
      say(kind),
    );
  return make(
    'li',
    { 'data-n': String(n) },
    make('b', {}, String(n + 1)),
    make(
      'div',
      { class: 'paper' },
      make('strong', {}, name),
      details !== '' && make('span', { class: 'details' }, ` ${details}`),
      waived && make('span', { class: 'details' }, ` ${say('waived')}`),
      among.length > 0 && list(among),
      ...notes.map((text) => make('p', {}, text)),
    ),
    done && make('div', { class: 'marks' }, toggle('brought'), toggle('missing')),
    mark?.kind === 'missing' &&
      make(
        'div',
        { class: 'reason' },
        make('input', {
          type: 'text',
          autocomplete: 'off',
          maxlength: '200',
          value: mark.reason,
          placeholder: say('reason'),
          'aria-label': say('reason-of', name),
          oninput: ({ target }) => {
            mark.reason = target.value;
          },
        }),
      ),
  );
}

/** Focus stays on the document; a reason is written as soon as it is missing. */
function setMark(n, kind) {
  if (kind === undefined) marks.delete(n);
  else marks.set(n, { kind, reason: '' });
  const { activeElement } = document;
  const on = activeElement?.closest(`[data-n="${n}"]`) ? [...activeElement.classList] : undefined;
  showAnswer();
  const row = document.querySelector(`[data-n="${n}"]`);
  if (kind === 'missing') row.querySelector('input').focus();
  else (on && row.querySelector(`button.${on[0] ?? 'brought'}`))?.focus();
  $('said').textContent = `${told.documents[n].name}: ${kind === undefined ? '—' : say(kind)}`;
}

function allBrought() {
  for (const n of told.documents.keys()) marks.set(n, { kind: 'brought', reason: '' });
  showAnswer();
}

function printing() {
  return make(
    'div',
    { class: 'print' },
    button(
      { id: 'print-notice', class: 'chief', onclick: print, disabled: told.fault !== undefined },
      say('print'),
      make('kbd', {}, 'P'),
    ),
    make('p', { id: 'notice' }),
  );
}

async function print() {
  const mine = ++turn;
  if ($('print-notice').disabled) return;
  $('print-notice').disabled = true;
  $('notice').textContent = say('printing');
  $('said').textContent = say('printing');
  const found = [...marks].map(([n, { kind, reason }]) =>
    kind === 'missing' ? { n, missing: reason } : { n, brought: true },
  );
  const made = await post('print', { lang: book.lang, service, replies, found });
  if (mine !== turn) return;
  $('print-notice').disabled = false;
  $('notice').textContent = '';
  if (!made) return;
  const link = make('a', { href: made.file, target: '_blank', rel: 'noopener' }, say('open-notice'));
  $('notice').append(`${say('printed')} `, link);
  $('said').textContent = say('printed');
  link.focus();
  window.open(link.href, '_blank', 'noopener');
}

// ---------------------------------------------------------------- keys

function onSearchKey(event) {
  if (event.isComposing) return;
  const moves = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
  if (moves[event.key] !== undefined) point(active + moves[event.key]);
  else if (event.key === 'Enter' && listed[active]) choose(listed[active].id);
  else if (event.key === 'Escape') {
    $('search').value = '';
    listServices();
  } else return;
  event.preventDefault();
}

/** Keys of the case; what is written into a field is left to it. */
function onKey(event) {
  if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey || service === undefined || !told) return;
  const field = event.target.closest?.('input, select');
  if (field?.id === 'number' && event.key === 'Enter') {
    if (field.value.trim() !== '') reply(told.question.key, field.value);
  } else if (field?.id === 'number' && event.key.toLowerCase() === 'r' && told.question.rest) reply('rest', 'no');
  else if (field?.id === 'number' && event.key === 'Backspace' && field.value === '') back();
  else if (field && (event.key === 'Enter' || event.key === 'Escape') && field.closest('.reason'))
    $('print-notice').focus();
  else if (field || !pressed(event.key)) return;
  event.preventDefault();
}

function pressed(key) {
  const { question, documents } = told;
  if (key === 'Backspace') back();
  else if (key === 'n' || key === 'N') nextPerson();
  else if (question && key === '0' && question.rest) reply('rest', 'no');
  else if (question && /^[1-9]$/.test(key) && question.answers[key - 1])
    reply(question.key, question.answers[key - 1].value);
  else if (question && (key === 'ArrowDown' || key === 'ArrowUp'))
    step(key === 'ArrowDown' ? 1 : -1, '.choices button');
  else if (!question && (key === 'ArrowDown' || key === 'ArrowUp'))
    step(key === 'ArrowDown' ? 1 : -1, '.marks .brought');
  else if (!question && /^[1-9]$/.test(key) && documents[key - 1]) {
    const kinds = [undefined, 'brought', 'missing'];
    setMark(key - 1, kinds[(kinds.indexOf(marks.get(key - 1)?.kind) + 1) % 3]);
  } else if (!question && (key === 'a' || key === 'A') && documents.length > 0) allBrought();
  else if (!question && (key === 'p' || key === 'P')) print();
  else return false;
  return true;
}

function step(by, selector) {
  const all = [...document.querySelectorAll(selector)];
  const at = all.indexOf(document.activeElement);
  all[at === -1 ? (by > 0 ? 0 : all.length - 1) : Math.max(0, Math.min(all.length - 1, at + by))]?.focus();
}

$('search').addEventListener('input', listServices);
$('search').addEventListener('keydown', onSearchKey);
$('next-person').addEventListener('click', nextPerson);
$('language').addEventListener('change', ({ target }) => open(target.value));
document.addEventListener('keydown', onKey);
// What a browser would bring back with the page belongs to a person who has left.
window.addEventListener('pageshow', ({ persisted }) => persisted && location.reload());

await open(document.documentElement.lang.startsWith('zh') ? 'zh' : 'en');
