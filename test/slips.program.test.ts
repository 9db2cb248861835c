// A slip of the hand anywhere in the shipped content: both readers of YAML find fault with it, or see the same.
import { expect, test } from 'vitest';
import { read, seenByYaml, shipped } from './yaml-trees.js';

test('a text with a slip in it is at fault for both, or the same for both', () => {
  // A fixed sequence (Park and Miller), so that a failure can be seen again.
  let state = 20261124;
  const random = (below: number): number => {
    state = (state * 48271) % 2147483647;
    return state % below;
  };
  const SLIPS = [
    ' ',
    '\n',
    ':',
    ': ',
    '-',
    '- ',
    '#',
    '"',
    "'",
    '{',
    '}',
    '[',
    ']',
    ',',
    '|',
    '>',
    '\t',
    '&',
    '*',
    '!',
    '甲',
  ];
  for (let i = 0; i < 2000; i += 1) {
    const [file, text] = shipped[random(shipped.length)] as readonly [string, string];
    const from = random(Math.max(1, text.length - 400));
    const start = text.indexOf('\n', from) + 1;
    const piece = text.slice(start, start + 400);
    const at = random(piece.length);
    const slipped = piece.slice(0, at) + SLIPS[random(SLIPS.length)] + piece.slice(at + random(2));
    expect(read(slipped), `${file}: ${JSON.stringify(slipped)}`).toEqual(seenByYaml(slipped));
  }
});
