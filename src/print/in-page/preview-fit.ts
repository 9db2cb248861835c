// What a preview fits its sheets with: as they are fitted when they are printed.

export { tooLong } from '../too-long.js';
export { fitBoxes } from './fit.js';
export { roundType } from './type-sizes.js';
