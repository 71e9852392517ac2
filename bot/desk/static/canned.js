/** Picks a canned reply: type to narrow, arrows to choose, Enter to put it into the box, in either language. */

import { get } from './api.js';
import { fill, h, icon } from './dom.js';
import { words } from './forms.js';
import { language as ownLanguage, say } from './words.js';

const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

export class CannedPicker {
  #on;
  #id = null;
  #loaded = null;
  #replies = [];
  #language = 'en';
  #found = [];
  #chosen = 0;

  /** `on.insert(text)`, `on.leave()`. */
  constructor(on) {
    this.#on = on;
    this.list = h('ul', { id: 'canned-list', role: 'listbox', class: 'canned-list', 'aria-label': say('canned') });
    this.input = h('input', {
      class: 'input', role: 'combobox', type: 'text', autocomplete: 'off', 'aria-controls': 'canned-list', 'aria-expanded': 'true', 'aria-autocomplete': 'list',
      'aria-label': say('canned_find'), placeholder: say('canned_find'), oninput: () => this.#narrow(), onkeydown: (event) => this.#key(event),
    });
    this.languages = Object.fromEntries([['en', 'English'], ['fr', 'Français']].map(([code, name]) => [code, h('button', {
      type: 'button', class: 'mode', lang: code, onclick: () => { this.#speak(code); this.input.focus(); },
    }, name)]));
    this.status = h('p', { class: 'canned-status', role: 'status' });
    this.node = h('div', { class: 'canned', hidden: true, role: 'dialog', 'aria-label': say('canned') },
      h('div', { class: 'canned-head' }, this.input, h('div', { class: 'modes', role: 'group', 'aria-label': say('canned_language') }, Object.values(this.languages)),
        h('button', { type: 'button', class: 'quiet square', 'aria-label': say('close'), onclick: () => this.#leave() }, icon('close'))),
      this.list, this.status);
    this.node.addEventListener('focusout', ({ relatedTarget }) => {
      if (relatedTarget && !this.node.contains(relatedTarget)) this.#hide();
    });
    this.node.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      this.#leave();
    });
  }

  /** Which conversation the variables are filled in for. */
  open({ id, language }) {
    this.#id = id;
    this.#loaded = null;
    this.#language = language ?? ownLanguage();
    this.#hide();
  }

  async show() {
    this.node.hidden = false;
    this.input.value = '';
    this.#speak(this.#language);
    this.input.focus();
    if (this.#loaded === this.#id) return;
    const id = this.#id;
    this.#replies = [];
    fill(this.status, say('loading'));
    try {
      const { replies } = await get(`conversations/${id}/canned`);
      if (id !== this.#id) return;
      this.#replies = replies;
      this.#loaded = id;
      this.#narrow();
    } catch (error) {
      fill(this.status, words(error));
    }
  }

  #speak(language) {
    this.#language = language;
    for (const [code, button] of Object.entries(this.languages)) button.setAttribute('aria-pressed', String(code === language));
    this.#narrow();
  }

  #narrow() {
    const asked = plain(this.input.value).split(/\s+/).filter(Boolean);
    this.#found = this.#replies.filter(({ key, title, text }) => {
      const all = plain([key, title.en, title.fr, text.en, text.fr].join(' '));
      return asked.every((word) => all.includes(word));
    });
    this.#choose(0);
    fill(this.status, this.#found.length === 0 && this.#loaded && say('canned_none'));
  }

  #choose(index) {
    this.#chosen = Math.max(0, Math.min(this.#found.length - 1, index));
    fill(this.list, this.#found.map(({ title, text }, place) => h('li', {
      id: `canned-${place}`, role: 'option', lang: this.#language, 'aria-selected': String(place === this.#chosen),
      onmousedown: (event) => event.preventDefault(), onclick: () => this.#take(place),
    }, h('strong', {}, title[this.#language]), h('span', { dir: 'auto' }, text[this.#language]))));
    if (this.#found.length > 0) this.input.setAttribute('aria-activedescendant', `canned-${this.#chosen}`);
    else this.input.removeAttribute('aria-activedescendant');
    this.list.children[this.#chosen]?.scrollIntoView({ block: 'nearest' });
  }

  #key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.#choose(this.#chosen + step);
    else if (event.key === 'Enter') this.#take(this.#chosen);
    else if (event.key === 'Backspace' && this.input.value === '') this.#leave();
    else return;
    event.preventDefault();
  }

  #take(index) {
    const reply = this.#found[index];
    if (!reply) return;
    this.#hide();
    this.#on.insert(reply.text[this.#language]);
  }

  #leave() {
    this.#hide();
    this.#on.leave();
  }

  #hide() {
    this.node.hidden = true;
    fill(this.list);
  }
}
