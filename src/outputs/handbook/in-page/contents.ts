// The contents: beside the text where there is room, else opened from the bar; the chapter or service that is read is marked.

const WIDE = '(min-width: 64rem)';

export function followContents(): void {
  const nav = document.querySelector<HTMLElement>('nav.contents');
  const button = document.querySelector<HTMLButtonElement>('.to-contents');
  if (!nav || !button) return;
  const open = (opened: boolean): void => {
    nav.classList.toggle('opened', opened);
    button.setAttribute('aria-expanded', String(opened));
    document.documentElement.classList.toggle('held', opened);
  };
  // Without this script they stand above the text.
  nav.classList.add('beside');
  button.hidden = false;
  button.addEventListener('click', () => {
    const opened = !nav.classList.contains('opened');
    open(opened);
    if (opened) nav.querySelector<HTMLElement>('[aria-current], a')?.focus();
  });
  nav.addEventListener('click', ({ target }) => {
    if ((target as Element).closest('a')) open(false);
  });
  document.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape' || !nav.classList.contains('opened')) return;
    open(false);
    button.focus();
  });
  matchMedia(WIDE).addEventListener('change', () => open(false));
  markRead(nav);
}

/** Marks the last entry whose heading has reached the upper part of the screen. */
function markRead(nav: HTMLElement): void {
  const links = [...nav.querySelectorAll<HTMLAnchorElement>('a[href^="#"]')].flatMap((link) => {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    return heading ? [{ link, heading }] : [];
  });
  let marked: HTMLAnchorElement | undefined;
  let waiting = false;
  const look = (): void => {
    waiting = false;
    const line = innerHeight / 3;
    const read = links.findLast(({ heading }) => heading.getBoundingClientRect().top <= line)?.link;
    if (read === marked) return;
    marked?.removeAttribute('aria-current');
    marked = read;
    if (!read) return;
    read.setAttribute('aria-current', 'true');
    if (matchMedia(WIDE).matches) nav.scrollTop = read.offsetTop - nav.clientHeight / 3;
  };
  addEventListener(
    'scroll',
    () => {
      if (!waiting) requestAnimationFrame(look);
      waiting = true;
    },
    { passive: true },
  );
  look();
}
