/** The box staff write in: a reply or a private note, each with its own draft, kept per conversation. */

import { CannedPicker } from './canned.js';
import { fill, h, icon } from './dom.js';
import { draft, keepDraft } from './kept.js';
import { say } from './words.js';

const LIMIT = 2_000;
const COUNT_FROM = 1_800;
const TYPING_AGAIN = 4_000;
const TYPING_ENDS = 6_000;

export class Composer {
  #on;
  #id = null;
  #kind = 'reply';
  #mayReply = false;
  #typedAt = 0;
  #stopped = null;

  /** `on.send(kind, text)`, `on.typing(on)`. */
  constructor(on) {
    this.#on = on;
    this.picker = new CannedPicker({ insert: (text) => this.#insert(text), leave: () => this.focus() });
    this.tabs = Object.fromEntries(['reply', 'note'].map((kind) => [kind, h('button', {
      type: 'button', class: 'mode', onclick: () => { this.mode(kind); this.focus(); },
    }, icon(kind === 'note' ? 'lock' : 'reply'), say(`mode_${kind}`))]));
    this.text = h('textarea', {
      id: 'composer', rows: '2', dir: 'auto', autocomplete: 'off', 'aria-describedby': 'composer-keys composer-count',
      oninput: () => this.#typed(), onkeydown: (event) => this.#key(event), onblur: () => this.#stop(),
    });
    this.label = h('label', { class: 'unseen', for: 'composer' });
    this.count = h('p', { class: 'composer-count', id: 'composer-count' });
    this.canned = h('button', { type: 'button', class: 'quiet', onclick: () => this.#pick() }, icon('book'), h('span', {}, say('canned')));
    this.sendButton = h('button', { class: 'button lead' }, icon('send'), h('span'));
    this.why = h('p', { class: 'composer-why' });
    this.node = h('form', { class: 'composer', 'aria-label': say('write'), onsubmit: (event) => { event.preventDefault(); this.#submit(); } },
      this.picker.node,
      h('div', { class: 'modes', role: 'group', 'aria-label': say('mode') }, Object.values(this.tabs)),
      this.label, this.text, this.why,
      h('div', { class: 'composer-foot' }, this.canned, h('p', { class: 'composer-keys', id: 'composer-keys' }, say('composer_keys')), this.count, this.sendButton));
  }

  /** Shows the drafts of a conversation. */
  open({ id, language }, kind = null) {
    this.#stop();
    this.#id = id;
    this.picker.open({ id, language });
    this.text.lang = language ?? '';
    this.mode(kind ?? (draft(id, 'reply') === '' && draft(id, 'note') !== '' ? 'note' : 'reply'));
  }

  /** Whether a reply may be written now, and if not, what to say instead. */
  allow(mayReply, why) {
    this.#mayReply = mayReply;
    fill(this.why, why);
    this.#show();
  }

  mode(kind) {
    this.#kind = kind;
    this.text.value = draft(this.#id, kind);
    this.#show();
    this.#measure();
  }

  /** Puts words back that could not be sent, before whatever is written there now. */
  giveBack(conversation, kind, text) {
    const now = draft(conversation, kind);
    keepDraft(conversation, kind, now === '' ? text : `${text}\n${now}`);
    if (conversation === this.#id) this.mode(kind);
  }

  /** What is typed next is for the traveller, unless a note is under way. */
  beginReply() {
    if (this.text.value === '' && document.activeElement !== this.text) this.mode('reply');
    this.focus();
  }

  focus() {
    (this.text.hidden ? this.tabs.note : this.text).focus();
  }

  #show() {
    const isNote = this.#kind === 'note';
    const canWrite = isNote || this.#mayReply;
    for (const [kind, tab] of Object.entries(this.tabs)) tab.setAttribute('aria-pressed', String(kind === this.#kind));
    this.node.classList.toggle('is-note', isNote);
    this.label.textContent = say(`field_${this.#kind}`);
    this.text.placeholder = say(`placeholder_${this.#kind}`);
    this.sendButton.lastChild.textContent = say(`send_${this.#kind}`);
    // A draft is never hidden, whoever has the conversation now.
    this.text.hidden = !canWrite && this.text.value === '';
    this.why.hidden = canWrite;
    this.canned.hidden = isNote || !canWrite;
    this.sendButton.hidden = this.node.querySelector('.composer-keys').hidden = !canWrite;
  }

  #typed() {
    keepDraft(this.#id, this.#kind, this.text.value);
    this.#measure();
    if (this.#kind !== 'reply' || this.text.value === '') return this.#stop();
    if (Date.now() - this.#typedAt > TYPING_AGAIN) {
      this.#typedAt = Date.now();
      this.#on.typing(true);
    }
    clearTimeout(this.#stopped);
    this.#stopped = setTimeout(() => this.#stop(), TYPING_ENDS);
    return undefined;
  }

  #stop() {
    clearTimeout(this.#stopped);
    if (this.#typedAt === 0) return;
    this.#typedAt = 0;
    this.#on.typing(false);
  }

  #key(event) {
    // While an input method composes, Enter chooses a word.
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      this.#submit();
    } else if (event.key === '/' && this.#kind === 'reply' && this.text.value.trim() === '' && this.#mayReply) {
      event.preventDefault();
      this.#pick();
    } else if (event.key === 'Escape') this.text.blur();
  }

  #pick() {
    this.picker.show();
  }

  #insert(text) {
    const { value, selectionStart: start, selectionEnd: end } = this.text;
    this.text.value = value.slice(0, start) + text + value.slice(end);
    this.focus();
    this.text.setSelectionRange(start + text.length, start + text.length);
    this.#typed();
  }

  #submit() {
    const text = this.text.value.trim();
    if (text === '' || [...text].length > LIMIT || (this.#kind === 'reply' && !this.#mayReply)) {
      this.focus();
      return;
    }
    this.#stop();
    this.text.value = '';
    keepDraft(this.#id, this.#kind, '');
    this.#measure();
    this.#on.send(this.#kind, text);
    this.focus();
  }

  #measure() {
    const length = [...this.text.value].length;
    const left = LIMIT - length;
    fill(this.count, length >= COUNT_FROM && say(left < 0 ? 'too_long' : 'left', { n: Math.abs(left) }));
    this.count.classList.toggle('over', left < 0);
  }
}
