// What a sheet shows when it is laid out, and what is put on it then.

/** Every text that is laid out, and the fonts it is set in. */
export function seenOf(): { shown: string[]; font: string } {
  const shown: string[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let parent: Element | null = null;
  let visible = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement !== parent) {
      parent = node.parentElement;
      visible =
        parent?.checkVisibility({ visibilityProperty: true }) === true && !parent.closest('title,desc,style,defs');
    }
    const text = node.nodeValue?.trim();
    if (visible && text) shown.push(text);
  }
  return { shown, font: getComputedStyle(document.body).fontFamily };
}

/** One `.form-page` for each size (pt), numbered from `before` + 1, each on paper of its size. */
export function stampPages(sizes: readonly { width: number; height: number }[], before: number): void {
  const model = document.querySelector<HTMLElement>('.form-page');
  if (!model) throw new Error('the stamp has no .form-page');
  const total = before + sizes.length;
  const rules: string[] = [];
  for (const [i, { width, height }] of sizes.entries()) {
    const page = model.cloneNode(true) as HTMLElement;
    page.style.page = `f${i}`;
    page.classList.add((before + i + 1) % 2 === 1 ? 'right' : 'left');
    // 1 pt less: a page of exactly the height of its paper flows over.
    page.style.height = `${height - 1}pt`;
    for (const each of page.querySelectorAll('[data-number]')) each.textContent = String(before + i + 1);
    for (const each of page.querySelectorAll('[data-total]')) each.textContent = String(total);
    model.before(page);
    rules.push(`@page f${i} { size: ${width}pt ${height}pt; margin: 0; }`);
  }
  model.remove();
  const style = document.createElement('style');
  style.textContent = rules.join('\n');
  document.head.append(style);
}

/**
 * A drawing on white with a margin (px), `density` pixels a px, as PNG in base64. A shot of a page
 * takes twice the time, and the pixels of its curves depend on how much had been painted by then.
 */
export async function pngOf(
  svg: string,
  { width, height }: { width: number; height: number },
  margin: number,
  density: number,
): Promise<string> {
  const drawing = new Image();
  drawing.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await drawing.decode();
  const pixels = (length: number) => Math.floor((length + 2 * margin) * density);
  const canvas = new OffscreenCanvas(pixels(width), pixels(height));
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) throw new Error('there is nothing to draw on');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(drawing, margin * density, margin * density, width * density, height * density);
  const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
  let binary = '';
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(binary);
}

/** Which of these families it does not take. */
export async function familiesRefused(families: readonly string[]): Promise<string[]> {
  const refused: string[] = [];
  for (const face of document.fonts) {
    const family = face.family.replace(/^["']|["']$/g, '');
    if (families.includes(family)) await face.load().catch(() => refused.push(family));
  }
  return refused;
}

/** Loads what of these families there is to load, in the weights of charts. */
export async function loadFonts(font: string): Promise<void> {
  const named = font.split(',').map((family) => family.trim().replace(/^["']|["']$/g, ''));
  const wanted = [...document.fonts].filter(
    ({ family, weight }) => named.includes(family.replace(/^["']|["']$/g, '')) && !['600', '900'].includes(weight),
  );
  await Promise.all(wanted.map((face) => face.load().catch(() => undefined)));
}
