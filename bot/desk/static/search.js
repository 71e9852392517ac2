/** Search over what was said and noted, with the words found marked. */

import { get } from './api.js';
import { fill, h, icon } from './dom.js';
import { openDialog, words } from './forms.js';
import { moment, say } from './words.js';

const CALM = 250;
const AROUND = 90; // characters shown before the first word found

/** Opens the search; `go(conversation, seq)` is called for the hit that is chosen. */
export function openSearch(go) {
  let timer = null;
  let asked = 0;
  let next = null;
  const list = h('ul', { class: 'hits', 'aria-label': say('hits') });
  const status = h('p', { class: 'soft', role: 'status' }, say('search_how'));
  const more = h('button', { type: 'button', class: 'button', hidden: true, onclick: () => load() }, say('more_hits'));
  const input = h('input', {
    type: 'text', role: 'searchbox', class: 'input', 'aria-label': say('search_field'), placeholder: say('search_field'), autocomplete: 'off', maxlength: '200', autofocus: true,
    oninput: () => { clearTimeout(timer); timer = setTimeout(begin, CALM); },
    onkeydown: (event) => {
      if (event.key === 'Enter') { event.preventDefault(); clearTimeout(timer); begin(); }
      if (event.key === 'ArrowDown') { event.preventDefault(); list.querySelector('button')?.focus(); }
    },
  });
  list.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 'nextElementSibling', ArrowUp: 'previousElementSibling' }[event.key];
    if (!step) return;
    event.preventDefault();
    (event.target.closest('li')[step]?.querySelector('button') ?? (step === 'previousElementSibling' ? input : null))?.focus();
  });

  const begin = () => {
    asked += 1;
    next = null;
    fill(list);
    more.hidden = true;
    if (input.value.trim().length < 2) fill(status, say('search_how'));
    else load();
  };

  const load = async () => {
    const mine = asked;
    fill(status, say('loading'));
    try {
      const page = await get('search', { q: input.value.trim(), cursor: next });
      if (mine !== asked) return;
      list.append(...page.hits.map((hit) => hitRow(hit, () => { dialog.close(); go(hit.conversation_id, hit.seq); })));
      next = page.next;
      more.hidden = next === null;
      fill(status, list.children.length === 0 && next === null ? say('no_hits') : null);
    } catch (error) {
      if (mine === asked) fill(status, words(error));
    }
  };

  const dialog = openDialog({ title: say('search'), wide: true, content: [input, status, list, more] });
  input.focus();
  return dialog;
}

function hitRow({ sender, text, marks, created_at: at }, choose) {
  return h('li', {}, h('button', { type: 'button', onclick: choose },
    h('span', { class: 'hit-head soft' }, sender === 'note' && icon('lock'), say(sender === 'note' ? 'private_note' : `sender_${sender}`), h('time', { datetime: at }, moment(at))),
    h('span', { class: 'hit-text', dir: 'auto' }, marked(text, marks))));
}

/** The text with what was found marked, cut at the front where the first word stands far in. */
export function marked(text, marks) {
  const from = (marks[0]?.[0] ?? 0) > AROUND ? text.indexOf(' ', marks[0][0] - AROUND) + 1 : 0;
  const nodes = from > 0 ? ['… '] : [];
  let end = from;
  for (const [start, stop] of marks) {
    if (start < end) continue;
    nodes.push(text.slice(end, start), h('mark', {}, text.slice(start, stop)));
    end = stop;
  }
  return [...nodes, text.slice(end)];
}
