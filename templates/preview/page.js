// The page of `servicebook preview`: shows one sheet at a time, follows every save, and changes only what has changed.
//
// Sheets are content and stay strangers: they stand in a frame that runs no script, written there by this page.
import { fitBoxes, roundType, tooLong } from './fit.js';

const $ = (id) => document.getElementById(id);
const [stage, desk, paper, frame] = ['stage', 'desk', 'paper', 'frame'].map($);
const { words, papers } = await (await fetch('words')).json();
const lang = document.documentElement.lang.startsWith('zh') ? 'zh' : 'en';
const say = (key, ...values) => words[key].replace(/\{(\d)\}/g, (_, i) => String(values[i] ?? ''));
/** CSS px in a millimetre. */
const MM = 96 / 25.4;

/** The newest state, and the sheet that is shown: its entry in the list, and what was last written into the frame. */
let state;
let current;
let shown;
/** The edition in which each sheet was last looked at, by file. */
const seen = new Map();
/** The finding that is pointed at, by key; what the last save changed on this sheet. */
let pointed;
let changes = [];

// ---------------------------------------------------------------- small tools

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : value);
  element.append(...children.filter((child) => child !== undefined && child !== false));
  return element;
}

/** Fills an element with children, changing only what differs: focus and scroll stay where they are. */
function fillWith(element, children) {
  const fresh = element.cloneNode(false);
  fresh.append(...children);
  become(element, fresh, []);
}

const isSheetRun = (element) => element.localName === 'html' || element.classList?.contains('fit');

/**
 * Makes `old` what `fresh` is, leaving alone every part that is equal. `altered` receives the elements of `old` that a
 * reader can see have changed.
 */
function become(old, fresh, altered) {
  if (old.isEqualNode(fresh)) return;
  let touched = false;
  for (const { name, value } of fresh.attributes)
    if (old.getAttribute(name) !== value) {
      old.setAttribute(name, value);
      touched = true;
    }
  for (const { name } of [...old.attributes])
    if (!fresh.hasAttribute(name)) {
      old.removeAttribute(name);
      touched = true;
    }
  // The size and layout that fitting gave are not the author's.
  if (touched && !isSheetRun(old)) altered.push(old);

  const [before, after] = [[...old.childNodes], [...fresh.childNodes]];
  while (before.length > 0 && after.length > 0 && before[0].isEqualNode(after[0])) {
    before.shift();
    after.shift();
  }
  while (before.length > 0 && after.length > 0 && before.at(-1).isEqualNode(after.at(-1))) {
    before.pop();
    after.pop();
  }
  const end =
    before.at(-1)?.nextSibling ?? (before.length === 0 && after.length > 0 ? followerOf(old, fresh, after) : null);
  for (const [i, node] of after.entries()) {
    const there = before[i];
    if (there && alike(there, node)) {
      if (there.nodeType === Node.ELEMENT_NODE) become(there, node, altered);
      else {
        there.nodeValue = node.nodeValue;
        altered.push(old);
      }
      continue;
    }
    const copy = old.ownerDocument.importNode(node, true);
    if (there) there.replaceWith(copy);
    else old.insertBefore(copy, end);
    altered.push(copy.nodeType === Node.ELEMENT_NODE ? copy : old);
  }
  for (const node of before.slice(after.length)) {
    node.remove();
    altered.push(old);
  }
}

/** Where nodes go that stand between equal ones on both sides: before the first of those behind. */
function followerOf(old, fresh, after) {
  const behind = fresh.childNodes.length - [...fresh.childNodes].indexOf(after.at(-1)) - 1;
  return old.childNodes[old.childNodes.length - behind] ?? null;
}

/** A drawing is taken whole: parts of one are not parts of another. */
const alike = (a, b) =>
  a.nodeType === b.nodeType &&
  a.nodeName === b.nodeName &&
  a.id === b.id &&
  a.localName !== 'svg' &&
  a.localName !== 'style';

// ---------------------------------------------------------------- the frame

/** What a sheet has no use for; the frame's policy would stop it as well. */
const REFUSED = 'script,iframe,frame,object,embed,portal,base,link,form,meta[http-equiv]';

/** The frame's document, once it is there and heard; undefined while it is loading. */
function frameDocument() {
  const sheet = frame.contentDocument;
  if (!sheet?.URL.endsWith('/frame') || sheet.readyState === 'loading') return undefined;
  if (!sheet.documentElement.hasAttribute('data-heard')) {
    sheet.documentElement.setAttribute('data-heard', '');
    sheet.addEventListener('click', followLink);
    sheet.addEventListener('auxclick', followLink);
    sheet.addEventListener('keydown', onKey);
  }
  return sheet;
}
async function frameReady() {
  for (;;) {
    const sheet = frameDocument();
    if (sheet) return sheet;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
/** Should a link have led the frame elsewhere, it comes back. */
frame.addEventListener('load', () => {
  if (frame.contentDocument?.URL.endsWith('/frame')) return;
  frame.src = 'frame';
  shown = undefined;
  if (current) void show(current.file);
});

function followLink(event) {
  const link = event.target.closest?.('a[href]');
  if (!link) return;
  event.preventDefault();
  const href = link.getAttribute('href');
  if (/^(https?|mailto|tel):/i.test(href)) window.open(href, '_blank', 'noopener,noreferrer');
  else if (href.startsWith('#')) scrollTo(frame.contentDocument.getElementById(decodeURIComponent(href.slice(1))));
}

/** A sheet's text as a document that is not shown and runs nothing. Parsed where it will stand, under the frame's policy. */
function parsed(html, sheet) {
  const fresh = new frame.contentWindow.DOMParser().parseFromString(html, 'text/html');
  for (const element of fresh.querySelectorAll(REFUSED)) element.remove();
  fresh.head.prepend(...[...sheet.head.querySelectorAll('link')].map((link) => fresh.importNode(link, true)));
  fresh.documentElement.setAttribute('data-heard', '');
  return fresh;
}

/** Paper and margins as the `@page` rules of the sheet's first page say, in CSS px. */
function paperOf(sheet) {
  const named = getComputedStyle(sheet.querySelector('main') ?? sheet.body).getPropertyValue('page');
  const rules = [...sheet.styleSheets].flatMap((each) => (each.href === null ? [...each.cssRules] : []));
  const ofPage = (name) =>
    rules.filter((each) => each instanceof frame.contentWindow.CSSPageRule && each.selectorText === name);
  const said = (property) =>
    [...ofPage(''), ...ofPage(named)]
      .map(({ style }) => style.getPropertyValue(property))
      .findLast((text) => text !== '');
  const px = (text) => Number.parseFloat(text ?? '0') * (text?.endsWith('mm') ? MM : 1);
  const size = (said('size') ?? 'A4').split(/\s+/);
  const format = papers[size.find((word) => /^a\d$/i.test(word))?.toUpperCase() ?? ''];
  let [width, height] = format ? [format.width * MM, format.height * MM] : size.map(px);
  if (size.includes('landscape')) [width, height] = [Math.max(width, height), Math.min(width, height)];
  const margin = (side) => px(said(`margin-${side}`));
  return { width, height, top: margin('top'), right: margin('right'), bottom: margin('bottom'), left: margin('left') };
}

/** How the sheet lies on the desk: `scale`, and the left upper corner of the frame in px of the page. */
let lying = { scale: 1, left: 0, top: 0 };

/** Of what is written on a sheet, whatever the height of its frame. */
const heightOf = (sheet) => Math.ceil(sheet.documentElement.getBoundingClientRect().height);

function lay() {
  const sheet = frame.contentDocument;
  if (!sheet?.body || !shown || shown.kind === 'fault') return;
  const style = getComputedStyle(stage);
  const room = stage.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight);
  const set = (element, sizes) => {
    for (const [name, value] of Object.entries(sizes)) element.style[name] = `${value}px`;
  };
  if (shown.kind !== 'paper') {
    const width = Math.min(room, shown.kind === 'screen' ? 900 : 1400);
    set(frame, { width, left: 0, top: 0 });
    const height = heightOf(sheet);
    set(frame, { height });
    set(paper, { width, height });
    frame.style.transform = '';
    lying = { scale: 1, left: 0, top: 0 };
    return;
  }
  const { width, height, top, right, bottom, left } = lying.paper ?? paperOf(sheet);
  set(frame, { width: width - left - right });
  // As high as its pages: one that is full, or as many as it takes.
  const needed = heightOf(sheet) + top + bottom;
  const tall = needed > height + 4 ? needed : height;
  set(frame, { height: tall - top - bottom });
  const zoom = $('zoom').value;
  const whole = (stage.clientHeight - 70) / height;
  const scale = zoom === 'full' ? 1 : Math.min(room / width, zoom === 'page' ? whole : 1.25);
  set(frame, { left: left * scale, top: top * scale });
  frame.style.transform = `scale(${scale})`;
  set(paper, { width: width * scale, height: tall * scale });
  paper.style.setProperty('--page', tall > height && !sheet.querySelector('.flows') ? `${height * scale}px` : '');
  lying = { ...lying, scale, left: left * scale, top: top * scale };
}

// ---------------------------------------------------------------- showing a sheet

let asking = 0;

/** A sheet as it is now. */
async function fetchSheet(file) {
  const answer = await fetch(`sheet?${new URLSearchParams({ file })}`);
  return answer.ok ? answer.json() : { kind: 'fault', message: say('gone') };
}

/** Shows a sheet, and all that stands beside it. */
async function show(file, fetched = fetchSheet(file)) {
  const mine = ++asking;
  const [fresh, sheet] = await Promise.all([fetched, frameReady()]);
  if (mine !== asking) return;
  const entry = entries().find((each) => each.file === file) ?? { file, title: file };
  const again = shown !== undefined && current?.file === file && shown.kind === fresh.kind;
  seen.set(file, state.edition);
  current = entry;
  if (!again || shown.html !== fresh.html) {
    if (fresh.kind !== 'fault') {
      const altered = [];
      become(sheet.documentElement, parsed(fresh.html, sheet).documentElement, altered);
      const seenToChange = altered.filter((each) => each !== sheet.body && sheet.body.contains(each));
      changes = again ? topmost(seenToChange) : [];
    }
    shown = fresh;
    lying = { scale: 1, left: 0, top: 0 };
    if (fresh.kind === 'paper') {
      lying.paper = paperOf(sheet);
      lay();
      await fontsOf(sheet);
      fillSheet(sheet);
    }
  }
  frame.title = entry.title;
  desk.hidden = shown.kind === 'fault';
  $('sheet-title').textContent = entry.title;
  $('zoom-label').hidden = shown.kind !== 'paper';
  $('print').hidden = shown.kind !== 'paper' || shown.long !== undefined || hasErrors(entry);
  $('print').href = `pdf?${new URLSearchParams({ file })}`;
  document.title = [entry.title, state.title].filter(Boolean).join('・');
  lay();
  if (!again) stage.scrollTop = 0;
  showSides();
  if (sheet.fonts.status === 'loading')
    void fontsOf(sheet).then(() => {
      if (mine === asking) rezoom();
    });
}

/** Sets the type of a sheet to the size that fills it. */
function fillSheet(sheet) {
  if (!shown.fit) return;
  roundType(sheet);
  const { long } = fitBoxes(shown.fit, sheet);
  // A closer layout may lie on another paper.
  lying.paper = paperOf(sheet);
  shown.long = long.length > 0 ? tooLong(current.title, long, shown.fit)[lang] : undefined;
}

function showSides() {
  showFaults();
  showList();
  showCards();
  placeMarks();
}

/**
 * Fonts begin to load when something is laid out in them. Asked again and again: a document that runs no script does not
 * always keep the promise `fonts.ready`. What takes longer is shown in other fonts meanwhile.
 */
async function fontsOf(sheet) {
  void sheet.body.offsetHeight;
  for (let waited = 0; sheet.fonts.status === 'loading' && waited < 5000; waited += 15)
    await new Promise((resolve) => setTimeout(resolve, 15));
}

const topmost = (elements) => {
  const all = [...new Set(elements)];
  return all.filter((each) => !all.some((other) => other !== each && other.contains(each)));
};

const entries = () => state.groups.flatMap(({ sheets }) => sheets);
const isHandbook = (entry) => entry.file.endsWith('.html');

/** The findings that belong to a sheet: its service's, or, of a sheet of the whole book, all. */
const belongs = (finding, entry) => !entry.service || finding.service === entry.service;
const errorsOf = (entry) =>
  state.findings.filter(
    ({ severity, service, chapter }) =>
      severity === 'error' && (service ? service === entry.service : !chapter || isHandbook(entry)),
  );
const hasErrors = (entry) => state.fault !== undefined || errorsOf(entry).length > 0;

/** What keeps the sheet from being printed stands above it; the sheet below is as far as it can be read, or as it was. */
function showFaults() {
  const errors = errorsOf(current);
  const own = errors.filter(({ service, chapter }) => service || chapter || !current.service);
  const stale = current.service ? state.stale.includes(current.service) : own.length > 0 && state.stale.length > 0;
  const panel = (title, ...children) => make('section', { class: 'fault' }, make('h2', {}, title), ...children);
  const panels = [];
  if (state.fault) panels.push(panel(say('cannot-show'), make('p', {}, state.fault)));
  if (shown.kind === 'fault') panels.push(panel(say('cannot-show'), make('p', {}, shown.message)));
  if (errors.length > 0)
    panels.push(
      panel(
        say('cannot-print'),
        ...errors.map(cardOf),
        make('p', {}, say(stale ? 'shown-as-before' : 'shown-as-read')),
      ),
    );
  if (shown.long) panels.push(panel(say('cannot-print'), make('p', {}, shown.long)));
  fillWith($('faults'), panels);
  desk.classList.toggle('broken', own.length > 0 && Boolean(current.service));
}

// ---------------------------------------------------------------- the list of sheets

function showList() {
  const wanted = $('search').value.trim().toLowerCase();
  const matches = ({ title, file }) => `${title} ${file}`.toLowerCase().includes(wanted);
  const children = [];
  for (const { title, sheets } of state.groups) {
    const some = sheets.filter((each) => wanted === '' || matches(each) || title.toLowerCase().includes(wanted));
    if (some.length === 0) continue;
    const list = make('ul', {}, ...some.map((each) => make('li', {}, linkTo(each))));
    if (sheets.length > 1) children.push(make('h2', {}, title));
    children.push(list);
  }
  if (children.length === 0) children.push(make('p', { class: 'empty' }, say('none-found')));
  fillWith($('list'), children);
}

function linkTo(entry) {
  const own = state.findings.filter((each) => entry.service && belongs(each, entry));
  const errors = own.filter(isError).length;
  const changed = entry.changed > (seen.get(entry.file) ?? 0) && entry.file !== current?.file;
  return make(
    'a',
    { href: `#${entry.file}`, 'aria-current': entry.file === current?.file && 'page' },
    make('span', {}, entry.title),
    changed &&
      make('span', { class: 'changed', role: 'img', 'aria-label': say('changed-sheet'), title: say('changed-sheet') }),
    own.length > 0 &&
      make(
        'span',
        {
          class: `number ${errors > 0 ? 'error' : ''}`,
          title: `${say('findings')} ${own.length}`,
          'aria-label': `${say('findings')} ${own.length}`,
          role: 'img',
        },
        String(own.length),
      ),
  );
}

// ---------------------------------------------------------------- findings, and where they stand on the sheet

const isError = ({ severity }) => severity === 'error';
/** Findings in the order they are gone through: those of this sheet, then the rest; errors first. */
function ordered() {
  const errorsFirst = [...state.findings].sort((a, b) => Number(isError(b)) - Number(isError(a)));
  const own = errorsFirst.filter((each) => belongs(each, current));
  return { own, others: errorsFirst.filter((each) => !own.includes(each)) };
}

function keyFindings() {
  const times = new Map();
  for (const each of state.findings) {
    const stem = `${each.path} ${each.rule} ${each.message} ${each.code?.text}`;
    times.set(stem, (times.get(stem) ?? 0) + 1);
    each.key = `${stem} ${times.get(stem)}`;
  }
}

function cardOf(finding) {
  const { severity, path, line, column, message, hint, code, key } = finding;
  return make(
    'button',
    { type: 'button', class: `card ${severity}`, 'data-key': key, 'aria-pressed': String(pointed === key) },
    make('span', { class: 'place' }, make('b', {}, say(severity)), ` ${path}:${line}:${column}`),
    make('span', {}, message),
    code &&
      make(
        'span',
        { class: 'code' },
        code.text.slice(0, code.from),
        make('mark', {}, code.text.slice(code.from, code.to) || ' '),
        code.text.slice(code.to),
      ),
    hint && make('span', { class: 'hint' }, hint),
  );
}

function showCards() {
  const { own, others } = ordered();
  const part = (key, list) =>
    list.length === 0 ? [] : [make('h3', {}, say('counted', say(key), list.length)), ...list.map(cardOf)];
  fillWith(
    $('cards'),
    state.findings.length === 0
      ? [make('p', { class: 'empty' }, say('nothing'))]
      : [...part(current.service ? 'this-sheet' : 'in-book', own), ...part('other-sheets', others)],
  );
  $('count').textContent = String(state.findings.length);
  $('open-findings').classList.toggle('error', state.findings.some(isError));
}

const plain = (text) => text.replace(/\s+/g, '');
/** The innermost element within `scope` whose text holds `text`. */
function innermost(scope, text) {
  const wanted = plain(text);
  if (!plain(scope.textContent).includes(wanted)) return undefined;
  for (let at = scope; ; ) {
    const inner = [...at.children].find((child) => plain(child.textContent).includes(wanted));
    if (!inner || inner.localName === 'svg') return at;
    at = inner;
  }
}

/** The part of a sheet that a finding can stand in. */
function scopeOf(finding, sheet) {
  if (current.service) return finding.service === current.service ? sheet.body : undefined;
  if (finding.service) {
    const own = sheet.getElementById(`s-${finding.service}`);
    if (own) return own.closest('article') ?? own.parentElement;
    const name = entries().find(({ service }) => service === finding.service)?.title;
    const named = name && innermost(sheet.body, name);
    return named === sheet.body ? undefined : (named?.closest('li,tr,section,article') ?? named);
  }
  if (finding.chapter) {
    const own = sheet.getElementById(`c-${finding.chapter}`);
    return own?.closest('section,article') ?? own?.parentElement;
  }
  return isHandbook(current) ? sheet.body : undefined;
}

/** The place of a finding: what was written, under the heading of its field; else that heading; else where its part begins. */
function placeOf(finding, sheet, headsOf) {
  const scope = scopeOf(finding, sheet);
  if (!scope) return undefined;
  // Without their numbers, once for all findings of the part.
  const heads =
    headsOf.get(scope) ??
    [...scope.querySelectorAll('h1,h2,h3,h4,h5,h6,dt,th')].map((head) => ({
      head,
      said: plain(head.textContent).replace(/^[（(]?[一二三四五六七八九十\d]+[)）、.]?/, ''),
    }));
  headsOf.set(scope, heads);
  for (const name of finding.headings) {
    const wanted = plain(name);
    const head = (heads.find(({ said }) => said === wanted) ?? heads.find(({ said }) => said.startsWith(wanted)))?.head;
    if (!head) continue;
    const part = head.parentElement;
    return (finding.quote && part.textContent.length < 4000 && innermost(part, finding.quote)) || head;
  }
  // Somewhere in the book is no place.
  if (scope === sheet.body && !current.service) return undefined;
  const quoted = finding.quote && innermost(scope, finding.quote);
  return quoted && quoted !== scope ? quoted : (scope.querySelector('h1,h2,h3,h4') ?? scope.firstElementChild);
}

/** Where an element of the sheet lies on the desk, in px. */
function boxOf(element) {
  const { left, top, width, height } = element.getBoundingClientRect();
  const { scale } = lying;
  return {
    left: lying.left + left * scale,
    top: lying.top + top * scale,
    width: width * scale,
    height: height * scale,
  };
}

/** By key of the finding, the element it stands at. */
let places = new Map();

/** A mark beside every finding of the sheet; what is nearer than a mark is high shares one. */
function placeMarks() {
  const sheet = frame.contentDocument;
  places = new Map();
  const marks = [];
  const heads = new Map();
  if (shown && shown.kind !== 'fault' && sheet?.body)
    for (const finding of state.findings) {
      const element = placeOf(finding, sheet, heads);
      if (!element) continue;
      places.set(finding.key, element);
      marks.push({ top: boxOf(element).top, findings: [finding] });
    }
  marks.sort((a, b) => a.top - b.top);
  const apart = marks.reduce((some, mark) => {
    const last = some.at(-1);
    if (last && mark.top - last.top < 30) last.findings.push(...mark.findings);
    else some.push(mark);
    return some;
  }, []);
  const children = apart.map(({ top, findings }) => {
    const error = findings.some(isError);
    const told = findings.map(({ severity, message }) => `${say(severity)} ${message}`).join('\n');
    return make(
      'button',
      {
        type: 'button',
        class: `mark ${error ? 'error' : ''}`,
        title: told,
        'aria-label': told,
        'aria-pressed': String(findings.some(({ key }) => key === pointed)),
        'data-key': findings[0].key,
        'data-top': String(Math.round(top)),
      },
      findings.length > 1 ? String(findings.length) : error ? '!' : '?',
    );
  });
  const here = places.get(pointed);
  if (here) children.push(make('div', { class: `here ${state.findings.find(({ key }) => key === pointed).severity}` }));
  fillWith($('marks'), children);
  for (const each of $('marks').children) if (each.dataset.top) each.style.top = `${each.dataset.top}px`;
  for (const each of $('marks').querySelectorAll('.here')) lieAt(each, here);
  for (const article of sheet?.querySelectorAll('article.service') ?? []) {
    const id = article.querySelector('[id^="s-"]')?.id.slice(2);
    const broken = state.findings.some((each) => isError(each) && each.service === id);
    article.style.opacity = broken || state.stale.includes(id) ? '0.45' : '';
    if (!article.getAttribute('style')) article.removeAttribute('style');
  }
}

function lieAt(box, element) {
  const { left, top, width, height } = boxOf(element);
  for (const [side, value] of Object.entries({ left: left - 4, top: top - 4, width: width + 8, height: height + 8 }))
    box.style[side] = `${value}px`;
}

/** Scrolls the stage so that an element of the sheet is seen, a third of the way down. */
function scrollTo(element) {
  if (!element) return;
  const top = desk.offsetTop + boxOf(element).top;
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  stage.scrollTo({ top: Math.max(0, top - stage.clientHeight / 3), behavior: calm ? 'auto' : 'smooth' });
}

/** Points at a finding, on the sheet that shows it. */
async function point(key, { focus = false } = {}) {
  const finding = state.findings.find((each) => each.key === key);
  pointed = finding?.key;
  if (finding && !belongs(finding, current)) {
    const [kind] = current.file.split('/');
    const all = entries();
    const entry =
      all.find((each) => each.service === finding.service && each.file.startsWith(`${kind}/`)) ?? all.find(isHandbook);
    if (entry) await go(entry.file);
  }
  showSides();
  if (!finding) return;
  scrollTo(places.get(key));
  const card = [...$('cards').querySelectorAll('.card')].find((each) => each.dataset.key === key);
  card?.scrollIntoView({ block: 'nearest' });
  if (focus && card?.checkVisibility({ visibilityProperty: true })) card.focus({ preventScroll: true });
  $('said').textContent =
    `${say(finding.severity)} ${finding.path}:${finding.line}:${finding.column} ${finding.message}`;
}

// ---------------------------------------------------------------- following

const clock = () => new Date().toLocaleTimeString(document.documentElement.lang, { hour12: false });

/** Takes what is new; nothing moves that has not changed. */
async function update({ first = false } = {}) {
  const before = state;
  const file = wantedFile();
  const fetched = file === '' ? undefined : fetchSheet(file);
  const answer = await fetch('state');
  if (!answer.ok) return;
  state = await answer.json();
  // An edition may be but another list of sheets: what the last save changed is still what it changed.
  const saved = before?.version !== state.version;
  if (saved) changes = [];
  keyFindings();
  $('title').textContent = state.title;
  $('office').textContent = state.office;
  $('draft').hidden = !state.draft;
  if (entries().length === 0 && state.fault === undefined) return;
  await show(wantedFile(), file === wantedFile() ? fetched : undefined);
  if (!first && saved) tellChanges();
  tellFaults(before);
}

function tellChanges() {
  const count = changes.length;
  const errors = state.fault === undefined ? state.findings.filter(isError).length : 1;
  const told = count > 0 ? say('changes', clock(), count) : say('updated', clock());
  $('saved').textContent = errors > 0 ? say('with-errors', told, errors) : told;
  $('saved').classList.toggle('error', errors > 0);
  $('see-change').hidden = count === 0;
  for (const old of $('marks').querySelectorAll('.flash')) old.remove();
  for (const element of changes.slice(0, 12)) {
    const box = make('div', { class: 'flash' });
    box.addEventListener('animationend', () => box.remove());
    $('marks').append(box);
    lieAt(box, element);
  }
}

/** Said aloud only when it is another than before. */
function tellFaults(before) {
  const told = (some) =>
    some === undefined
      ? ''
      : (some.fault ??
        some.findings
          .filter(isError)
          .map(({ path, line, message }) => `${path}:${line} ${message}`)
          .join('；'));
  const [old, now] = [told(before), told(state)];
  if (old === now) return;
  const count = state.findings.filter(isError).length;
  $('said').textContent = now === '' ? (before ? say('mended') : '') : state.fault ? now : say('faults', count, now);
}

const wantedFile = () => decodeURIComponent(location.hash.slice(1)) || (state && entries()[0]?.file) || '';

async function go(file) {
  if (wantedFile() !== file) history.pushState(null, '', `#${file}`);
  await arrive();
}
async function arrive() {
  if (entries().length === 0) return;
  changes = [];
  pointed = state.findings.some((each) => each.key === pointed) ? pointed : undefined;
  await show(wantedFile());
  $('list').querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  $('see-change').hidden = true;
}

let updating = Promise.resolve();
/** One after the other; a save that comes meanwhile is taken by the last. */
let waiting = false;
function follow(edition) {
  if (state && edition <= state.edition) return;
  if (waiting) return;
  waiting = true;
  updating = updating.then(async () => {
    waiting = false;
    // One that fails, the program having ended, must not hold up those after it.
    await update().catch((error) => reportError(error));
  });
}

// ---------------------------------------------------------------- hands and keys

const isDrawer = (name) => getComputedStyle($(name)).position === 'fixed';
const openDrawer = () => ['sheets', 'findings'].find((name) => document.body.classList.contains(`show-${name}`));

function drawer(name) {
  const before = openDrawer();
  const opens = name !== undefined && isDrawer(name);
  for (const each of ['sheets', 'findings']) {
    const open = opens && each === name;
    document.body.classList.toggle(`show-${each}`, open);
    $(`open-${each}`).setAttribute('aria-expanded', String(open));
  }
  $('scrim').hidden = !opens;
  // What lies under a drawer is out of reach of the keyboard.
  for (const each of document.body.children)
    if (each.id !== 'scrim' && !each.classList.contains('unseen')) each.inert = opens && each.id !== name;
  if (opens)
    ($(name).querySelector('[aria-current],[aria-pressed="true"]') ?? $(name).querySelector('input,button')).focus();
  else if (before) $(`open-${before}`).focus();
}

function step(by) {
  const all = entries();
  const at = all.findIndex(({ file }) => file === current.file);
  const next = all[at + by];
  if (next) void go(next.file);
}

function stepFinding(by) {
  const { own, others } = ordered();
  const all = [...own, ...others];
  if (all.length === 0) return;
  const at = all.findIndex(({ key }) => key === pointed);
  void point(all[(at === -1 ? (by > 0 ? 0 : all.length - 1) : at + by + all.length) % all.length].key, { focus: true });
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !state) return;
  const { target, key } = event;
  const typing = target === $('search');
  const inList = $('list').contains(target) || typing;
  if (key === 'Escape') {
    if (openDrawer()) drawer();
    else if (typing && $('search').value !== '') {
      $('search').value = '';
      showList();
    } else if (pointed !== undefined) {
      pointed = undefined;
      void point(undefined);
      stage.focus();
    } else stage.focus();
  } else if (inList && (key === 'ArrowDown' || key === 'ArrowUp' || (!typing && (key === 'Home' || key === 'End')))) {
    const links = [...$('list').querySelectorAll('a')];
    const at = links.indexOf(target);
    const to = key === 'Home' ? 0 : key === 'End' ? links.length - 1 : key === 'ArrowDown' ? at + 1 : at - 1;
    if (to < 0) $('search').focus();
    else links[Math.min(to, links.length - 1)]?.focus();
  } else if (typing) {
    if (key !== 'Enter') return;
    const [first] = $('list').querySelectorAll('a');
    if (first) void go(first.getAttribute('href').slice(1));
    if (openDrawer()) drawer();
  } else if (target.localName === 'select') return;
  else if (key === '/') {
    if (isDrawer('sheets')) drawer('sheets');
    $('search').focus();
    $('search').select();
  } else if (key === 'n') stepFinding(1);
  else if (key === 'p') stepFinding(-1);
  else if (key === 'j') step(1);
  else if (key === 'k') step(-1);
  else if (key === 'c') scrollTo(changes[0]);
  else if (key === 'z' && !$('zoom-label').hidden) {
    $('zoom').selectedIndex = ($('zoom').selectedIndex + 1) % $('zoom').options.length;
    rezoom();
  } else return;
  event.preventDefault();
}

function rezoom() {
  lay();
  placeMarks();
}

document.addEventListener('keydown', onKey);
document.addEventListener('click', (event) => {
  const { target } = event;
  const opener = target.closest('.opener');
  const card = target.closest('.card,.mark');
  const link = target.closest('#list a');
  if (opener) drawer(opener.getAttribute('aria-controls'));
  else if (target.closest('.closer') || target === $('scrim')) drawer();
  else if (card) {
    const beside = card.classList.contains('mark') && isDrawer('findings');
    if (card.closest('#findings') && openDrawer()) drawer();
    void point(card.dataset.key, { focus: card.classList.contains('mark') }).then(() => beside && drawer('findings'));
  } else if (link) {
    event.preventDefault();
    if (openDrawer()) drawer();
    void go(link.getAttribute('href').slice(1));
  } else if (target.closest('[data-skip]')) {
    event.preventDefault();
    stage.focus();
  } else if (target === $('see-change')) scrollTo(changes[0]);
});
$('search').addEventListener('input', showList);
$('zoom').addEventListener('change', rezoom);
addEventListener('popstate', () => void arrive());
addEventListener('hashchange', () => void arrive());
new ResizeObserver(() => {
  if (!shown) return;
  if (openDrawer() && !isDrawer(openDrawer())) drawer();
  rezoom();
}).observe(stage);

updating = update({ first: true }).catch((error) => reportError(error));
const events = new EventSource('events');
events.addEventListener('message', ({ data }) => follow(Number(data)));
events.addEventListener('error', () => {
  $('saved').textContent = say('lost');
});
