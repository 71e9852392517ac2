/** What staff do with a conversation: the buttons above it, and the questions some of them ask first. */

import { get, post } from './api.js';
import { h, icon } from './dom.js';
import { choice, field, openDialog, toast, words } from './forms.js';
import { current } from './session.js';
import { moment, now, say, sayIn } from './words.js';

/** In the order they stand: [what may be done, key of its words, drawing]. The first that is open stands out. */
const ACTS = [
  ['take', 'hand'],
  ['wake', 'bell'],
  ['assign', 'person'],
  ['snooze', 'moon'],
  ['hand_back', 'give'],
  ['resolve', 'done'],
];

export class Actions {
  #on;
  #details = null;
  isBusy = false;

  /** `on.done(what)` after something was done, which ends when the page shows it; `on.refused(problem)`. */
  constructor(on) {
    this.#on = on;
    this.node = h('div', { class: 'acts', role: 'group', 'aria-label': say('acts') });
  }

  show(details) {
    const focused = this.node.contains(document.activeElement) ? document.activeElement.dataset.act : null;
    this.#details = details;
    const may = ACTS.filter(([act]) => details.can.includes(act));
    this.node.replaceChildren(...may.map(([act, drawing]) => h('button', {
      type: 'button', class: `button${act === 'take' ? ' lead' : ''}`, 'data-act': act, onclick: () => this.perform(act),
    }, icon(drawing), h('span', {}, say(`act_${act}`)))));
    if (focused) (this.node.querySelector(`[data-act=${focused}]`) ?? this.node.firstElementChild)?.focus();
  }

  /** Does it, or says why not. */
  perform(act) {
    if (!this.#details) return;
    if (!this.#details.can.includes(act)) {
      toast(say('not_now', { act: say(`act_${act}`) }), 'bad');
      return;
    }
    ({
      take: () => this.#now('take'),
      wake: () => this.#now('wake'),
      resolve: () => this.#now('resolve'),
      assign: () => this.#assign(),
      snooze: () => this.#snooze(),
      hand_back: () => this.#handBack(),
    })[act]();
  }

  async #now(act) {
    if (this.isBusy) return;
    this.isBusy = true;
    try {
      await this.#post(act, {});
    } catch (problem) {
      toast(words(problem), 'bad');
      this.#on.refused(problem);
    } finally {
      this.isBusy = false;
    }
  }

  async #post(act, body) {
    const { id } = this.#details;
    await post(`conversations/${id}/${act.replace('_', '-')}`, body);
    toast(say(`done_${act}`));
    await this.#on.done(act, id);
  }

  async #assign() {
    let staff;
    try {
      ({ staff } = await get('staff'));
    } catch (error) {
      toast(words(error), 'bad');
      return;
    }
    const me = current().staff.id;
    const mine = this.#details.assignee?.id;
    const pairs = staff.filter(({ id }) => id !== mine).sort((one) => (one.id === me ? -1 : 0))
      .map(({ id, name, role }) => [id, id === me ? say('me', { name }) : `${name} (${say(`role_${role}`)})`]);
    if (pairs.length === 0) {
      toast(say('nobody_else'), 'bad');
      return;
    }
    const box = choice(say('assign_to'), pairs, pairs[0][0], { required: true });
    openDialog({
      title: say('act_assign'), label: say('act_assign'), content: box.node,
      send: () => this.#post('assign', { staff_id: box.input.value }),
    });
  }

  #snooze() {
    const when = field(say('snooze_at'), { type: 'datetime-local', required: true, min: inputValue(new Date(now())) });
    when.input.value = inputValue(presets()[0].at);
    openDialog({
      title: say('snooze_until'), label: say('act_snooze'),
      content: [
        h('p', { class: 'soft' }, say('snooze_how')),
        h('div', { class: 'presets', role: 'group', 'aria-label': say('snooze_presets') }, presets().map(({ key, at }) => h('button', {
          type: 'button', class: 'button', onclick: () => { when.input.value = inputValue(at); },
        }, h('span', {}, say(key)), h('small', { class: 'soft' }, moment(at))))),
        when.node,
      ],
      send: () => this.#post('snooze', { until: new Date(when.input.value).toISOString() }),
    });
  }

  #handBack() {
    const language = this.#details.language ?? 'en';
    const line = field(say('hand_back_line'), { dir: 'auto', lang: language, maxlength: '300', required: true }, say('hand_back_hint'));
    line.input.value = sayIn(language, 'hand_back_default');
    openDialog({
      title: say('act_hand_back'), label: say('act_hand_back'), content: [h('p', { class: 'soft' }, say('hand_back_how')), line.node],
      send: () => this.#post('hand_back', { line: line.input.value.trim() }),
    });
    line.input.select();
  }
}

function presets() {
  const from = new Date(now());
  const later = (hours) => new Date(Math.ceil((from.getTime() + hours * 3_600_000) / 300_000) * 300_000);
  const morning = (days) => new Date(from.getFullYear(), from.getMonth(), from.getDate() + days, 9);
  const toMonday = (8 - from.getDay()) % 7 || 7;
  return [
    { key: 'in_an_hour', at: later(1) },
    { key: 'in_three_hours', at: later(3) },
    { key: 'tomorrow', at: morning(1) },
    { key: 'monday', at: morning(toMonday) },
  ];
}

/** An instant as `datetime-local` wants it, in the browser's zone. */
function inputValue(instant) {
  const two = (number) => String(number).padStart(2, '0');
  return `${instant.getFullYear()}-${two(instant.getMonth() + 1)}-${two(instant.getDate())}T${two(instant.getHours())}:${two(instant.getMinutes())}`;
}
