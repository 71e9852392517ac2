/** What a page of the timeline holds, as items in one order, and what an item's neighbours change in it. */

import { fill, h } from './dom.js';
import { eventRow, messageRow, noteRow, undelivered } from './timeline_rows.js';
import { dayOf, has, moment, say } from './words.js';

const TOGETHER = 5 * 60_000; // milliseconds within which one writer's messages stand together

/** The items of a page; events without words for people are left out. */
export function itemsOf({ messages = [], notes = [], events = [] }) {
  return [
    ...messages.map((value) => item('message', `m${value.seq}`, value.seq, value.created_at, value, messageRow)),
    ...notes.map((value) => item('note', `n${value.id}`, value.seq, value.created_at, value, noteRow)),
    ...events.filter(({ name }) => has(`event_${name}`)).map((value) => item('event', `e${value.id}`, value.seq, value.at, value, eventRow)),
  ];
}

function item(kind, key, seq, at, value, row) {
  const node = h('div', { class: `item ${kind}${value.sender ? ` by-${value.sender}` : ''}`, 'data-seq': seq }, row(value));
  return { kind, key, seq, at: Date.parse(at), iso: at, value, node };
}

/** By message; notes and events stand after the message that was the last when they came. */
export function byPlace(one, two) {
  return one.seq - two.seq || (one.kind !== 'message') - (two.kind !== 'message') || one.at - two.at || (one.key < two.key ? -1 : 1);
}

/** Puts in what an item shows because of the one before it: a new day, a writer's name, what is new. */
export function arrange(items, readBefore) {
  let previous = null;
  let offered = [];
  const first = items.find(({ kind }) => kind === 'message')?.seq ?? 0;
  let hasLine = readBefore === 0 || first > readBefore + 1; // what is new began before this window
  for (const item of items) {
    const day = dayOf(item.iso);
    const lead = [];
    if (!previous || previous.day !== day) lead.push(h('p', { class: 'day' }, day));
    if (!hasLine && item.kind === 'message' && item.seq > readBefore && item.value.sender === 'traveller') {
      lead.push(h('p', { class: 'new-line' }, h('span', {}, say('new_since'))));
      hasLine = true;
    }
    const joined = lead.length === 0 && previous?.item.kind === item.kind && writer(previous.item) === writer(item) && item.at - previous.item.at < TOGETHER;
    item.node.classList.toggle('joined', joined && item.kind !== 'event');
    const drawn = lead.map((node) => node.className).join();
    if (item.lead !== drawn) {
      for (const old of item.node.querySelectorAll(':scope > .day, :scope > .new-line')) old.remove();
      item.node.prepend(...lead);
      item.lead = drawn;
    }
    if (item.kind === 'message') {
      press(item, offered);
      offered = item.value.sender === 'traveller' ? [] : item.value.buttons ?? [];
    }
    previous = { item, day };
  }
}

const writer = ({ kind, value }) => `${kind}${value.sender ?? ''}${value.author?.name ?? value.meta?.author?.name ?? value.author ?? ''}`;

/** A button that was pressed shows as its words. */
function press({ node, value }, offered) {
  const pressed = value.sender === 'traveller' && offered.find(({ payload }) => payload === value.text);
  if (pressed) fill(node.querySelector('.text'), h('p', { dir: 'auto' }, pressed.title), h('p', { class: 'small soft' }, say('pressed')));
}

/** Says under the newest message of staff how far it got, and under each that did not arrive that it did not. */
export function markFate(items, read, later) {
  const last = later ? null : items.findLast(({ kind, value }) => kind === 'message' && value.sender === 'staff');
  for (const item of items) {
    item.fate?.remove();
    item.fate = null;
    const delivery = item.kind === 'message' ? item.value.delivery : null;
    const words = delivery?.state === 'failed' ? undelivered(delivery) : item === last ? say(far(delivery, read >= item.seq)) : null;
    if (!words) continue;
    item.fate = h('p', { class: `fate${delivery?.state === 'failed' ? ' undelivered' : ''}`, title: moment(item.iso) }, words);
    item.node.append(item.fate);
  }
}

const far = (delivery, isRead) => (isRead || delivery?.state === 'read' ? 'read' : { delivered: 'delivered', waiting: 'delivery_waiting' }[delivery?.state] ?? 'sent');

const FAR = ['waiting', 'sent', 'delivered', 'read'];

/** Takes in how far messages got which are shown already. What is told late moves nothing back, nor hides a failure. */
export function moveDeliveries(items, { first_seq: first, last_seq: last, state }) {
  for (const { kind, seq, value } of items) {
    const known = kind === 'message' && seq >= first && seq <= last ? FAR.indexOf(value.delivery?.state) : -1;
    if (known >= 0 && FAR.indexOf(state) > known) value.delivery = { ...value.delivery, state };
  }
}

/** Takes in that messages did not arrive which are shown already. */
export function failDeliveries(items, events) {
  for (const { name, data } of events.filter((event) => event.name === 'message.not_delivered')) {
    for (const { kind, seq, value } of items) {
      if (kind === 'message' && seq >= data.first_seq && seq <= data.last_seq) value.delivery = { state: 'failed', failure: data.failure };
    }
  }
}
