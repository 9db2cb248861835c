// A chart that is wider than the screen says that it can be moved, and can be moved by keyboard.

export function signCharts(): void {
  const look = (): void => {
    for (const box of document.querySelectorAll<HTMLElement>('.moved')) {
      const moves = box.scrollWidth > box.clientWidth + 1;
      if (moves) box.tabIndex = 0;
      else box.removeAttribute('tabindex');
      const sign = box.previousElementSibling as HTMLElement | null;
      if (sign?.classList.contains('sign')) sign.hidden = !moves;
    }
  };
  look();
  new ResizeObserver(look).observe(document.documentElement);
}
