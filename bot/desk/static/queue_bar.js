/** What stands above the list of conversations: views with their numbers, and filters. */

import { fill, h } from './dom.js';
import { language as ownLanguage, say } from './words.js';

export const VIEWS = ['waiting', 'mine', 'unassigned', 'snoozed', 'resolved', 'all'];
const REASONS = ['asked', 'cannot_tell', 'unsure', 'complaint', 'identity_locked', 'staff'];
const CHANNELS = ['web', 'sms', 'whatsapp', 'messenger', 'telegram', 'email'];
const MOST = 999;

export class Tabs {
  #tabs = new Map();

  constructor() {
    for (const view of VIEWS) {
      const count = h('span', { class: 'count' });
      this.#tabs.set(view, { count, node: h('a', { href: `#${view}`, class: 'tab' }, say(`view_${view}`), count) });
    }
    this.node = h('nav', { class: 'tabs', 'aria-label': say('views') }, [...this.#tabs.values()].map(({ node }) => node));
  }

  of(view) {
    return this.#tabs.get(view).node;
  }

  /** Marks the view that is shown; its own link keeps the conversation that is open. */
  show(view, open) {
    for (const [name, { node }] of this.#tabs) {
      if (name === view) node.setAttribute('aria-current', 'true');
      else node.removeAttribute('aria-current');
      node.setAttribute('href', open && name === view ? `#${name}/${open}` : `#${name}`);
    }
  }

  /** Shows how many stand in each view that is counted. */
  count({ more = [], ...counts }) {
    for (const [view, number] of Object.entries(counts)) {
      const isMore = more.includes(view) || number > MOST;
      fill(this.#tabs.get(view).count, number > 0 && (isMore ? `${MOST}+` : String(number)));
    }
  }
}

export class Filters {
  values = {};

  constructor(changed) {
    const names = { en: 'English', fr: 'Français' };
    const languages = ['en', 'fr'].sort((one) => (one === ownLanguage() ? -1 : 1));
    const box = (name, pairs) => h('select', {
      class: 'filter', 'aria-label': say(`filter_${name}`),
      onchange: ({ target }) => {
        this.values[name] = target.value;
        target.classList.toggle('set', target.value !== '');
        changed();
      },
    }, h('option', { value: '' }, say(`filter_${name}`)), pairs.map(([value, text]) => h('option', { value }, text)));
    this.node = h('div', { class: 'filters', role: 'group', 'aria-label': say('filters') },
      box('language', languages.map((name) => [name, names[name]])),
      box('channel', CHANNELS.map((name) => [name, say(`channel_${name}`)])),
      box('reason', REASONS.map((name) => [name, say(`reason_${name}`)])));
  }

  get areSet() {
    return Object.values(this.values).some(Boolean);
  }
}
