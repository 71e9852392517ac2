/** The forms by which staff put a file right: the CBSA interview took place, its part was shared, a trip is missing. */

import { post } from './api.js';
import { fill, h, icon } from './dom.js';
import { choice, field, openDialog } from './forms.js';
import { modeName } from './naming.js';
import { say } from './words.js';

const MODES = ['air', 'private_air', 'rail', 'ferry', 'road'];
const MOST = 4;

/** Asks when the CBSA part was shared with CBP. */
export function confirmShared(conversation, done) {
  const when = field(say('shared_at'), { type: 'datetime-local' }, say('shared_at_hint'));
  openDialog({
    title: say('mark_cbsa_shared'), label: say('mark_cbsa_shared'), content: [h('p', { class: 'soft' }, say('mark_shared_how')), when.node],
    send: async () => {
      const at = when.input.value ? { shared_at: new Date(when.input.value).toISOString() } : {};
      done(await post(`conversations/${conversation}/file/cbsa-shared`, at));
    },
  });
}

/** Asks whether the booked CBSA interview took place. */
export function confirmCompleted(conversation, done) {
  openDialog({
    title: say('mark_cbsa_completed'), label: say('mark_cbsa_completed'), content: h('p', { class: 'soft' }, say('mark_completed_how')),
    send: async () => done(await post(`conversations/${conversation}/file/cbsa-completed`)),
  });
}

/** Asks for a trip, leg by leg. */
export function addTrip(conversation, done) {
  const legs = [];
  const list = h('div', { class: 'stack' });
  const more = h('button', { type: 'button', class: 'quiet', onclick: () => add() }, icon('plus'), say('add_segment'));
  const draw = () => {
    fill(list, legs.map(({ node }) => node));
    legs.forEach((leg, place) => {
      leg.legend.textContent = say('segment', { n: place + 1 });
      leg.remove.hidden = legs.length === 1;
    });
    more.hidden = legs.length >= MOST;
  };
  const add = () => {
    const leg = segment(legs.at(-1), () => { legs.splice(legs.indexOf(leg), 1); draw(); });
    legs.push(leg);
    draw();
    leg.origin.focus();
  };
  add();
  openDialog({
    title: say('add_trip'), label: say('add_trip'), content: [h('p', { class: 'soft' }, say('add_trip_how')), list, more],
    send: async () => {
      done(await post(`conversations/${conversation}/file/trips`, { segments: legs.map((leg) => leg.value()) }));
    },
  });
  legs[0].origin.focus();
}

function segment(before, onRemove) {
  const place = { required: true, maxlength: '80', spellcheck: 'false' };
  const origin = field(say('origin'), place, say('iata'));
  const destination = field(say('destination'), place, say('iata'));
  const at = field(say('departs_at'), { type: 'datetime-local', required: true }, say('local_time'));
  const flight = field(say('flight'), { maxlength: '10', spellcheck: 'false' }, say('optional'));
  const mode = choice(say('mode_of_travel'), MODES.map((name) => [name, modeName(name)]), 'air');
  origin.input.value = before?.destination.value ?? '';
  const legend = h('legend', {});
  const remove = h('button', { type: 'button', class: 'quiet', onclick: onRemove }, say('remove_segment'));
  return {
    legend, remove, origin: origin.input, destination: destination.input,
    node: h('fieldset', { class: 'segment-fields' }, legend, origin.node, destination.node, at.node, flight.node, mode.node, remove),
    value: () => ({
      origin: placeOf(origin.input.value),
      destination: placeOf(destination.input.value),
      departs_at: at.input.value,
      mode: mode.input.value,
      ...(flight.input.value.trim() && { flight: flight.input.value.trim() }),
    }),
  };
}

/** Airports are known by their code in capitals; a station or a road crossing by its name. */
const placeOf = (text) => (/^[a-z]{3}$/i.test(text.trim()) ? text.trim().toUpperCase() : text.trim());
