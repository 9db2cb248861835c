// The search: services by name, by what people call them, by the documents they ask for and by their whole text; chapters by title.
import { type Found, foundIn, type Sought } from './ranking.js';

const MOST_SHOWN = 8;

export function offerSearch(): void {
  const finder = document.querySelector<HTMLElement>('.finder');
  const input = document.querySelector<HTMLInputElement>('#find');
  const box = document.querySelector<HTMLElement>('#found');
  if (!finder || !input || !box) return;
  finder.hidden = false;
  let all: Sought[] | undefined;
  const show = (): void => {
    all ??= soughtHere();
    const said = input.value.trim();
    box.hidden = said === '';
    if (said !== '') list(box, foundIn(all, said), said);
  };
  input.addEventListener('input', show);
  input.addEventListener('focus', show);
  finder.addEventListener('keydown', (event) => {
    const links = [...box.querySelectorAll('a')];
    const at = links.indexOf(document.activeElement as HTMLAnchorElement);
    const { key } = event;
    if (key === 'Escape') {
      box.hidden = true;
      input.focus();
    } else if (key === 'Enter' && at === -1) links[0]?.click();
    else if (key === 'ArrowDown') (links[at + 1] ?? links[at])?.focus();
    else if (key === 'ArrowUp') (at > 0 ? links[at - 1] : input)?.focus();
    else return;
    if (key !== 'Enter' || at === -1) event.preventDefault();
  });
  finder.addEventListener('focusout', ({ relatedTarget }) => {
    if (!finder.contains(relatedTarget as Node | null)) box.hidden = true;
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
    if ((event.target as Element).closest('input, textarea, select')) return;
    event.preventDefault();
    input.focus();
  });
}

/** What of this page can be found. */
function soughtHere(): Sought[] {
  const textOf = (element: Element | null): string => (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
  const services = [...document.querySelectorAll<HTMLElement>('article.service')].map((article): Sought => {
    const title = article.querySelector('.service-title');
    return {
      id: title?.id ?? '',
      title: textOf(title),
      also: (article.dataset.also ?? '').split('\n').filter(Boolean),
      summary: textOf(article.querySelector('p.summary')),
      documents: [...article.querySelectorAll('.documents tbody th.name')].map(textOf),
      text: textOf(article),
    };
  });
  const chapters = [...document.querySelectorAll<HTMLElement>('.chapter-title, .chapter > .leaf > h2[id]')]
    .filter(({ id }) => id !== '')
    .map((title): Sought => ({ id: title.id, title: textOf(title), also: [], summary: '', documents: [], text: '' }));
  return [...services, ...chapters];
}

function list(box: HTMLElement, found: readonly Found[], said: string): void {
  const { dataset } = box;
  const status = box.querySelector('p');
  const shown = found.slice(0, MOST_SHOWN);
  if (status)
    status.textContent = ((found.length > 0 ? dataset.found : dataset.none) ?? '').replace(
      '\n',
      found.length > 0 ? String(found.length) : said,
    );
  box.querySelector('ol')?.replaceChildren(
    ...shown.map(({ sought: { id, title }, where, excerpt }) => {
      const link = document.createElement('a');
      link.href = `#${id}`;
      const name = document.createElement('b');
      name.textContent = title;
      link.append(name);
      if (excerpt) {
        const why = document.createElement('span');
        const label = dataset[where];
        why.append(label ? `${label}：` : '', excerpt[0]);
        const hit = document.createElement('mark');
        hit.textContent = excerpt[1];
        why.append(hit, excerpt[2]);
        link.append(why);
      }
      link.addEventListener('click', () => {
        box.hidden = true;
      });
      const item = document.createElement('li');
      item.append(link);
      return item;
    }),
  );
}
