/** What was done at the desk, by whom, on what: for supervisors, newest first. */

import { get } from './api.js';
import { fill, h, typed } from './dom.js';
import { field, words } from './forms.js';
import { page } from './header.js';
import { actionName, auditKeyName, auditKindName, auditWhyName, channelName, correctionName, languageName, roleName } from './naming.js';
import { begin } from './session.js';
import { has, moment, say } from './words.js';

await begin();
let next = null;
let names = null; // of accounts, by id
const rows = h('tbody');
const status = h('p', { class: 'soft', role: 'status' });
const actor = field(say('audit_who'), { name: 'actor', maxlength: '200', autocomplete: 'off' }, say('audit_who_hint'));
const object = field(say('audit_object'), { name: 'object', maxlength: '200', autocomplete: 'off' }, say('audit_object_hint'));
const more = h('button', { type: 'button', class: 'button', hidden: true, onclick: () => load() }, say('more_entries'));

page('audit', say('page_audit'), h('main', { id: 'main', class: 'reading', tabindex: '-1' },
  h('h1', {}, say('page_audit')), h('p', { class: 'soft' }, say('audit_how')),
  h('form', { class: 'panel narrowing', 'aria-label': say('filters'), onsubmit: (event) => { event.preventDefault(); narrow(); } },
    actor.node, object.node, h('button', { class: 'button' }, say('narrow'))),
  h('div', { class: 'panel' },
    h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': say('page_audit') }, h('table', { class: 'table' },
      h('thead', {}, h('tr', {}, ['when', 'who', 'what', 'object', 'more_about'].map((key) => h('th', { scope: 'col' }, say(`audit_${key}`))))), rows)),
    status, h('div', { class: 'buttons' }, more))));
load();

function narrow() {
  next = null;
  fill(rows);
  load();
}

async function load() {
  fill(status, say('loading'));
  try {
    const answer = await get('audit', { cursor: next, actor: actorOf(actor.input.value.trim()), object: object.input.value.trim() });
    names ??= new Map((await get('staff')).staff.map(({ id, name }) => [id, name]));
    rows.append(...answer.entries.map(entryRow));
    next = answer.next;
    more.hidden = next === null;
    fill(status, rows.children.length === 0 && say('none'));
  } catch (error) {
    fill(status, words(error));
    more.hidden = false;
  }
}

/** Those who are nobody of the staff are listed, and looked for, in the page's language. */
const actorOf = (text) => ['command-line', 'nobody'].find((id) => say(`audit_actor_${id}`).toLowerCase() === text.toLowerCase()) ?? text;

function entryRow({ at, actor, action, object: { kind, id }, data }) {
  return h('tr', {},
    h('td', {}, h('time', { datetime: at }, moment(at))),
    h('td', {}, has(`audit_actor_${actor.id}`) ? say(`audit_actor_${actor.id}`) : typed(actor.name)),
    h('td', {}, actionName(action)),
    h('td', {}, kind === 'conversation' ? conversationLink(id) : [auditKindName(kind), ' ', names.has(id) ? typed(names.get(id)) : h('code', {}, id)]),
    h('td', { class: 'soft' }, Object.entries(data ?? {}).map(([key, value]) => h('div', {}, key === 'conversation' ? conversationLink(value) : [auditKeyName(key), say('colon'), typed(valueName(key, value))]))));
}

const conversationLink = (id) => h('a', { href: `/desk#all/${encodeURIComponent(id)}` }, say('conversation'));

function valueName(key, value) {
  const known = { kind: correctionName, channel: channelName, role: roleName, language: languageName, why: auditWhyName }[key];
  if (known) return known(value);
  return names.get(value) ?? (typeof value === 'string' ? value : JSON.stringify(value));
}
