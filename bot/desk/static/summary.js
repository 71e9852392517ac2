/** What was asked and answered, from the record. */

import { follow } from './api.js';
import { fill, h, icon, typed } from './dom.js';
import { words } from './forms.js';
import { verdictName } from './naming.js';
import { part } from './part.js';
import { say } from './words.js';

export class Summary {
  #on;
  #id = null;
  #seq = 0;

  constructor(on) {
    this.#on = on;
    this.body = h('div', { class: 'part-body' });
    this.node = part('summary', this.body);
  }

  async show(details) {
    const id = details?.id ?? null;
    if (id === this.#id && (details?.last_seq ?? 0) === this.#seq) return;
    if (id !== this.#id) fill(this.body, h('p', { class: 'soft' }, say('loading')));
    this.#id = id;
    this.#seq = details?.last_seq ?? 0;
    if (!id) return;
    try {
      const { entries, more } = await follow(`conversations/${id}/summary`);
      if (id === this.#id) this.#draw(entries, more);
    } catch (error) {
      if (id === this.#id) fill(this.body, h('p', { class: 'soft' }, words(error)));
    }
  }

  #draw(entries, more) {
    if (entries.length === 0) {
      fill(this.body, h('p', { class: 'soft' }, say('nothing_asked')));
      return;
    }
    fill(this.body, more && h('p', { class: 'soft small' }, say('summary_more')), h('ol', { class: 'asked' }, entries.map(({ seq, asked, answered, verdict }) => h('li', {},
      h('button', { type: 'button', onclick: () => this.#on.jump(seq) },
        h('span', { class: 'question' }, typed(asked)),
        h('span', { class: 'answer soft' }, verdict && h('span', { class: 'said-verdict', 'data-verdict': verdict }, icon(verdict), verdictName(verdict)),
          answered ? typed(answered) : say('no_answer')))))));
  }
}
