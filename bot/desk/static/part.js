/** A part of the side column: a heading that folds, and what stands under it. */

import { h } from './dom.js';
import { say } from './words.js';

export function part(key, body) {
  return h('details', { class: 'part', open: true }, h('summary', {}, h('h2', {}, say(key))), body);
}

/** Terms and what they are; pairs without a value are left out. */
export function facts(pairs) {
  return h('dl', { class: 'facts' }, pairs.filter(([, value]) => value != null && value !== false).map(([term, value]) => h('div', {}, h('dt', {}, term), h('dd', {}, value))));
}
