// The words of a content that the engine has to understand. A page that answers by itself has them read before, and a table of
// what they mean stands in the place of this module there.
export { saysUnconfirmed } from '../schema/tree.js';
export { readRelief, readRounding, readTimes, unitOf } from './fee-words.js';
export { linkOf } from './links.js';
