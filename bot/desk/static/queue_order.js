/** Where a conversation stands in a view of the queue, as the desk orders it (bot/desk/queue.py). */

import { now } from './words.js';

/** Whether a card stands behind another in the desk's order of this view. */
export function isAfter(card, other, view) {
  const isNewestFirst = view === 'resolved' || view === 'all';
  const name = isNewestFirst ? 'touched_at' : view === 'snoozed' ? 'snoozed_until' : 'waiting_since';
  const [one, two] = [card, other].map((each) => (each[name] ? Date.parse(each[name]) : Infinity));
  if (one === two) return isNewestFirst ? card.id < other.id : card.id > other.id;
  return isNewestFirst ? one < two : one > two;
}

/** Whether a card of one's list still stands in a view. */
export function belongs({ state, assignee, snoozed_until: snoozed }, view) {
  const asleep = snoozed && Date.parse(snoozed) > now();
  return {
    waiting: state === 'waiting' && !asleep,
    unassigned: state === 'waiting' && !assignee,
    mine: state === 'human' && !asleep,
    snoozed: asleep,
    resolved: state === 'closed',
    all: true,
  }[view];
}
