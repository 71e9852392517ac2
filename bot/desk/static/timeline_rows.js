/** How a message, a private note and an event look. What people wrote is text, isolated from the words around it. */

import { h, icon, typed } from './dom.js';
import { verdictName } from './naming.js';
import { has, moment, say, sayWith, time } from './words.js';

const ADDITION = 280; // characters of a guide's answer beyond which the whole of it folds away

export function messageRow({ sender, text, language, buttons = [], created_at: at, meta = {}, author }) {
  const name = sender === 'staff' ? author?.name ?? author ?? meta.author?.name : null;
  return [
    h('p', { class: 'who' }, h('span', { class: 'who-name' }, name ? typed(name) : say(`sender_${sender}`)),
      name && h('span', { class: 'soft' }, say('sender_staff')),
      h('time', { datetime: at, title: moment(at) }, time(at))),
    h('div', { class: 'text', lang: language }, body(text, sender, meta)),
    buttons.length > 0 && h('ul', { class: 'offered', 'aria-label': say('offered') }, buttons.map(({ title }) => h('li', {}, typed(title)))),
  ].filter(Boolean);
}

function body(text, sender, { summary, ruling, card }) {
  const part = ruling && { flight: ruling.cbp_on_next_flight, renewal: null }[card ?? 'flight'];
  const verdict = part?.verdict && h('p', { class: 'said-verdict', 'data-verdict': part.verdict }, icon(part.verdict), verdictName(part.verdict));
  const isLong = sender === 'bot' && text.length > ADDITION;
  const first = summary || (isLong ? text.trim().split(/\n{2,}/)[0] : null);
  if (!isLong || !first || first.length >= text.trim().length) return [verdict, ...paragraphs(text)];
  return [verdict, ...paragraphs(first), h('details', {}, h('summary', {}, say('whole_answer')), paragraphs(text))];
}

const paragraphs = (text) => text.trim().split(/\n{2,}/).map((part) => h('p', { dir: 'auto' }, part));

export function noteRow({ author, text, created_at: at }) {
  return [
    h('p', { class: 'who' }, icon('lock'), h('span', { class: 'who-name' }, typed(author?.name ?? author)),
      h('span', {}, say('private_note')), h('time', { datetime: at, title: moment(at) }, time(at))),
    h('div', { class: 'text' }, paragraphs(text)),
  ];
}

export function eventRow({ name, at, data = {} }) {
  const values = { by: person(data.by), to: data.to ?? '', until: data.until ? moment(data.until) : '', reason: data.reason ? say(`reason_${data.reason}`) : '', rating: data.rating ? say(`rating_${data.rating}`) : '', failure: failureName(data.failure) };
  return [h('p', { class: 'event-line' }, h('span', {}, sayWith(`event_${name}`, values), ' · ', h('time', { datetime: at, title: moment(at) }, time(at))))];
}

const failureName = (failure) => say(failure && has(`failure_${failure}`) ? `failure_${failure}` : 'failure_unknown');

/** Why a message did not reach the traveller. */
export const undelivered = ({ failure }) => sayWith('not_delivered', { failure: failureName(failure) });

const person = (by) => (by === 'traveller' ? say('the_traveller') : by?.name ?? by ?? '');

/** What is typed and not stored yet. */
export function pendingRow({ kind, text, at }, isStuck) {
  return h('div', { class: `item pending ${kind === 'note' ? 'note' : 'message'}` },
    h('p', { class: 'who' }, kind === 'note' && [icon('lock'), say('private_note')], h('time', { datetime: at }, time(at))),
    h('div', { class: 'text' }, paragraphs(text)),
    h('p', { class: 'fate' }, say(isStuck ? 'kept' : 'sending')));
}
