/** One conversation in the list: who wrote last and what, why it came, how long it waits. */

import { h, icon, unseen } from './dom.js';
import { channelName } from './naming.js';
import { moment, now, say, since } from './words.js';

const MOST = 99;

export function conversationRow(card, view, isOpen) {
  const { id, state, reason, assignee, unread, preview, waiting_since: waiting, snoozed_until: snoozed, touched_at: touched } = card;
  const clock = waiting && (state === 'waiting' || state === 'human')
    ? h('span', { class: `wait ${state}` }, since(waiting, (length) => say('waits', { length })))
    : h('span', { class: 'wait' }, since(touched));
  const link = h('a', { href: `#${view}/${id}`, class: 'row', 'aria-current': isOpen && 'true', 'data-state': state },
    h('span', { class: 'row-top' },
      h('span', { class: 'row-title' }, reason ? say(`reason_${reason}`) : say(`state_${state}`)), clock),
    h('span', { class: 'row-text' },
      h('span', { class: 'row-preview' }, preview && [
        preview.sender !== 'traveller' && h('span', { class: 'soft' }, say(`sender_${preview.sender}`), say('colon')),
        h('bdi', { dir: 'auto' }, preview.text)]),
      unread > 0 && h('span', { class: 'unread' }, h('span', { 'aria-hidden': 'true' }, unread > MOST ? `${MOST}+` : String(unread)), unseen(say('unread', { n: unread })))),
    h('span', { class: 'row-marks' },
      h('span', {}, channelName(card.channel)),
      card.language && h('span', {}, card.language.toUpperCase()),
      card.proved && h('span', { class: 'mark', title: say('proved') }, icon('file'), unseen(say('proved'))),
      snoozed && Date.parse(snoozed) > now() && h('span', { class: 'mark', title: say('snoozed_until', { at: moment(snoozed) }) }, icon('moon'), moment(snoozed)),
      assignee && h('span', { class: 'mark whose' }, icon('person'), h('bdi', {}, assignee.name))));
  return { link, node: h('li', { class: unread > 0 ? 'has-unread' : null }, link) };
}
