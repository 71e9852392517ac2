/** Single keys for what is done all day, and the overlay that lists them. They can be turned off. */

import { h } from './dom.js';
import { openDialog } from './forms.js';
import { keyName } from './naming.js';
import { say } from './words.js';

const KEPT = 'desk:shortcuts-off';
const SEQUENCE = 1_200;
const VIEWS = { q: 'waiting', m: 'mine', u: 'unassigned', z: 'snoozed', d: 'resolved', a: 'all' };
const KEYS = {
  j: 'next', k: 'previous', Enter: 'open', t: 'take', r: 'reply', n: 'note', a: 'assign', s: 'snooze', w: 'wake', e: 'resolve', b: 'hand_back', c: 'case', '/': 'search', '?': 'help',
};
const LISTED = [
  [['j'], 'key_next'], [['k'], 'key_previous'], [['Enter'], 'key_open'], [['Esc'], 'key_leave'],
  [['t'], 'act_take'], [['r'], 'mode_reply'], [['n'], 'mode_note'], [['/'], 'key_canned'],
  [['a'], 'act_assign'], [['s'], 'act_snooze'], [['w'], 'act_wake'], [['b'], 'act_hand_back'], [['e'], 'act_resolve'],
  [['c'], 'key_case'], [['/'], 'key_search'], [['?'], 'key_help'],
  ...Object.entries(VIEWS).map(([key, view]) => [['g', key], `view_${view}`]),
];

export const areOn = () => localStorage.getItem(KEPT) === null;

/** Listens for keys; `perform(what)` is called with one of the names above, or `view:NAME`. */
export function listen(perform) {
  let leader = 0;
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest('input, textarea, select, dialog, [role=dialog], [inert]') || document.querySelector('dialog[open], .way-in')) return;
    if (!areOn() && event.key !== '?') return;
    const isSecond = Date.now() - leader < SEQUENCE;
    leader = 0;
    if (isSecond && VIEWS[event.key]) perform(`view:${VIEWS[event.key]}`);
    else if (event.key === 'g') leader = Date.now();
    else if (event.key === 'Enter' && event.target.closest('a, button, summary')) return;
    else if (KEYS[event.key]) perform(KEYS[event.key]);
    else return;
    event.preventDefault();
  });
}

/** The overlay. */
export function openHelp() {
  const on = h('input', {
    type: 'checkbox', id: 'shortcuts-on',
    onchange: ({ target }) => { if (target.checked) localStorage.removeItem(KEPT); else localStorage.setItem(KEPT, '1'); },
  });
  on.checked = areOn();
  openDialog({
    title: say('shortcuts'), wide: true,
    content: [
      h('dl', { class: 'keys' }, LISTED.map(([keys, words]) => h('div', {}, h('dt', {}, keys.map((key, place) => [place > 0 && ` ${say('then')} `, h('kbd', {}, keyName(key))])), h('dd', {}, say(words))))),
      h('p', { class: 'check' }, on, h('label', { for: 'shortcuts-on' }, say('shortcuts_on'))),
    ],
  });
}
