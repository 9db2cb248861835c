// Sizes of type that no neighbour can be taken for.

/**
 * To be called before anything is laid out. Makes every font size that the styles of a document declare a multiple
 * of 1/32 px, never smaller than it was said. Chromium opens a font once for all sizes that are one after it has cut
 * them to hundredths in single precision; of some neighbours (16.79 and 16.80 px) that makes one, so that a sheet would
 * be set in the size of whichever was laid out first, perhaps in another sheet. Among multiples of 1/32 there are no such
 * neighbours. Text in a drawing keeps the size it is said to have, rather than one cut anew for each scale.
 * Says whether it found the sizes of all rules.
 */
export function roundType(sheet: Document): boolean {
  let all = true;
  const round = (style: CSSStyleDeclaration) => {
    const size = style.getPropertyValue('font-size');
    // A shorthand with a variable in it does not tell its parts.
    if (size === '') all &&= style.getPropertyValue('font') === '';
    else if (/^(smaller|larger)$/.test(size)) all = false;
    else if (/[\d(]/.test(size))
      style.setProperty('font-size', `round(up, ${size}, 0.03125px)`, style.getPropertyPriority('font-size'));
  };
  const visit = (rules: CSSRuleList) => {
    for (const rule of rules) {
      if ('style' in rule) round(rule.style as CSSStyleDeclaration);
      if ('cssRules' in rule) visit(rule.cssRules as CSSRuleList);
    }
  };
  for (const each of sheet.styleSheets)
    try {
      visit(each.cssRules);
    } catch {
      // One from elsewhere shows nothing of itself.
      all = false;
    }
  for (const each of sheet.querySelectorAll<HTMLElement | SVGElement>('[style*="font"]')) round(each.style);
  const drawn = sheet.createElement('style');
  drawn.textContent = 'svg text, svg tspan, svg textPath { text-rendering: geometricPrecision !important }';
  sheet.head.append(drawn);
  return all;
}

/** Whether all text that is laid out has a size as `roundType` makes them. */
export function isTypeRound(): boolean {
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  const seen = new Set<Element>();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!parent || seen.has(parent) || node.nodeValue?.trim() === '' || !parent.checkVisibility()) continue;
    seen.add(parent);
    const size = Number.parseFloat(getComputedStyle(parent).fontSize);
    // Told to six digits.
    if (Math.abs(size - Math.round(size * 32) / 32) > size * 1e-5) return false;
  }
  // Nobody can look into a picture.
  return ![...document.querySelectorAll('img,image')].some((each) => {
    const address = each.getAttribute('src') ?? each.getAttribute('href') ?? '';
    return (
      address.startsWith('data:image/svg') &&
      /<text/i.test(address.includes(';base64,') ? atob(address.split(',')[1] ?? '') : decodeURIComponent(address))
    );
  });
}
