/**
 * <nexus-guide-chat>: the guide in any page. Attributes: `api` (default: where this script came from), `language` (`en`
 * or `fr`; default: the page's, else the browser's), `open` (in place, instead of behind a button in the corner).
 * Event: `nexus-guide-language`, the language the traveller chose.
 */

import { Client, Store } from './client.js';
import { button, h, icon, learn, say, unseen } from './dom.js';
import { Log } from './render.js';

const LIMIT = 2_000;
const COUNT_FROM = 1_800;
const LANGUAGES = ['en', 'fr'];
const SMALL = matchMedia('(max-width: 30rem), (max-height: 25rem)');

// Fetched, not linked: a strict page need not allow it for styles.
const fetched = async (name) => {
  const answer = await fetch(new URL(name, import.meta.url));
  if (!answer.ok) throw new Error(`${name} could not be loaded: ${answer.status}`);
  return answer;
};
const sheet = new CSSStyleSheet();
const assets = Promise.all([
  fetched('texts.json').then((answer) => answer.json()).then(learn),
  fetched('nexus-guide-chat.css').then((answer) => answer.text()).then((css) => sheet.replace(css)),
]);

class NexusGuideChat extends HTMLElement {
  #client = null;
  #store;
  #log;
  #language;
  #parts = {};
  #state = null;
  #status = null;
  #calm = 0;
  #author = null;
  #wrote = 0;
  #idle = 0;
  #fade = 0;

  async connectedCallback() {
    await assets;
    if (!this.isConnected || this.#client) return;
    const api = new URL(this.getAttribute('api') ?? new URL(import.meta.url).origin, location.href).href.replace(/\/$/, '');
    this.#store = new Store(`nexus-guide:${api}`);
    this.#language = this.#firstLanguage();
    this.#build();
    this.#client = new Client({
      api,
      store: this.#store,
      language: this.#language,
      on: {
        messages: (ready) => this.#messages(ready),
        state: (state) => this.#enter(state),
        typing: (on, sender) => this.#typing(on, sender),
        read: (seq) => this.#log.read(seq),
        status: (kind, seconds) => this.#report(kind, seconds),
        refused: (item) => this.#refused(item),
        renewed: () => this.#renewed(),
      },
    });
    for (const item of this.#client.outbox) this.#log.keep(item, this.#language, 'kept');
    this.#speak();
    if (this.hasAttribute('open') || this.#store.get('open')) this.#show(false);
    else if (this.#store.get('id')) this.#connect();
  }

  disconnectedCallback() {
    this.#client?.stop();
    this.#client = null;
    this.shadowRoot?.replaceChildren();
  }

  #build() {
    const inline = this.hasAttribute('open');
    const p = this.#parts;
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [sheet];

    p.title = h('h2', { id: 'title' });
    p.tagline = h('p', { class: 'tagline' });
    p.switch = button('quiet', () => this.#switch());
    p.close = button('quiet square', () => this.#hide(), icon('no'));
    p.strip = h('p', { class: 'strip', hidden: true });
    const hello = h('p', { class: 'hello' }, h('span', { lang: 'fr' }, 'Bonjour'), ' / ', h('span', { lang: 'en' }, 'Hello'));
    p.typing = h('div', { class: 'typing', 'aria-hidden': 'true', hidden: true }, h('i'), h('i'), h('i'), h('span', { dir: 'auto' }));
    p.log = h('div', { class: 'log', role: 'log', 'aria-live': 'polite', tabindex: '0' }, hello, p.typing);
    p.newest = button('newest', () => this.#log.toNewest());
    p.fresh = button('fresh', () => this.#startAfresh());
    p.newest.hidden = p.fresh.hidden = true;
    p.status = h('p', { class: 'status', role: 'status' });
    p.field = h('label', { for: 'text', class: 'unseen' });
    p.keys = unseen('');
    p.keys.id = 'keys';
    p.text = h('textarea', {
      id: 'text', rows: '1', autocomplete: 'off', 'aria-describedby': 'keys count',
      oninput: () => { this.#measure(); this.#writes(this.#parts.text.value !== ''); }, onkeydown: (event) => this.#key(event),
    });
    p.text.value = this.#store.get('draft') ?? '';
    p.count = h('p', { class: 'count', id: 'count' });
    p.alert = h('p', { class: 'unseen', role: 'alert' });
    p.started = false;
    p.send = h('button', { type: 'submit', class: 'send square' }, icon('send'));
    const form = h('form', { onsubmit: (event) => { event.preventDefault(); this.#submit(); } },
      p.field, h('div', { class: 'box' }, p.text, p.send), p.keys, p.count, p.alert);

    p.panel = h(inline ? 'section' : 'dialog', { class: `panel ${inline ? 'inline' : 'floating'}`, 'aria-labelledby': 'title' },
      h('header', {}, h('div', { class: 'name' }, p.title, p.tagline), p.switch, !inline && p.close),
      p.strip,
      h('div', { class: 'middle' }, p.log, p.newest),
      h('div', { class: 'foot' }, p.fresh, p.status, form));
    p.launcher = !inline && h('button', { type: 'button', class: 'launcher', 'aria-haspopup': 'dialog', onclick: () => this.#show(true) },
      icon('ask'), h('span'));
    p.panel.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !event.isComposing && !inline) this.#hide();
    });
    p.panel.addEventListener('cancel', (event) => { event.preventDefault(); this.#hide(); });
    root.replaceChildren(...[p.launcher, p.panel].filter(Boolean));
    this.#log = new Log(p.log, {
      onChoice: (payload) => this.#choose(payload),
      onUnseen: (some) => { p.newest.hidden = !some; },
      onSeen: (seq) => this.#client.seen(seq),
    });
  }

  /** Puts all but what was said into the language. */
  #speak() {
    const p = this.#parts;
    const language = this.#language;
    const other = LANGUAGES.find((one) => one !== language);
    p.panel.lang = language;
    for (const key of ['title', 'tagline', 'field', 'fresh', 'keys']) p[key].textContent = say(language, key);
    for (const key of ['close', 'log', 'send']) p[key].setAttribute('aria-label', say(language, key));
    p.switch.textContent = say(other, 'own_name');
    p.switch.lang = other;
    p.newest.replaceChildren(icon('down'), say(language, 'newest'));
    p.text.placeholder = say(language, 'placeholder');
    this.#launch(false);
    this.#measure();
    this.#strip();
    if (this.#status) this.#report(...this.#status);
  }

  #launch(unread) {
    const { launcher } = this.#parts;
    if (!launcher) return;
    launcher.lang = this.#language;
    launcher.lastChild.textContent = say(this.#language, 'launcher');
    launcher.setAttribute('aria-label', say(this.#language, 'launcher') + (unread ? say(this.#language, 'unread') : ''));
    launcher.classList.toggle('unread', unread);
  }

  #show(moveFocus) {
    const { panel, launcher, text } = this.#parts;
    if (launcher && !panel.open) {
      // Where it covers the page, the page must not take focus.
      panel[SMALL.matches && moveFocus ? 'showModal' : 'show']();
      launcher.hidden = true;
      this.#launch(false);
      this.#store.set({ open: true });
      if (!moveFocus) this.shadowRoot.activeElement?.blur();
    }
    this.#connect();
    if (moveFocus) text.focus();
    this.#measure();
    this.#log.settle();
  }

  #hide() {
    const { panel, launcher } = this.#parts;
    panel.close();
    launcher.hidden = false;
    launcher.focus();
    this.#store.set({ open: false });
  }

  #submit() {
    const { text } = this.#parts;
    const words = text.value.trim();
    if (words === '' || length(words) > LIMIT) {
      text.focus();
      return;
    }
    text.value = '';
    this.#measure();
    this.#writes(false);
    this.#send(words);
    text.focus();
  }

  /** Tells staff, every few seconds, that the traveller writes. */
  #writes(on) {
    clearTimeout(this.#idle);
    if (on) this.#idle = setTimeout(() => this.#writes(false), 6_000);
    if (on ? Date.now() - this.#wrote < 4_000 : !this.#wrote) return;
    this.#wrote = on && Date.now();
    this.#client.typing(on);
  }

  #choose(payload) {
    this.#send(payload);
    // A finger wants to read on, without a keyboard.
    (matchMedia('(pointer: coarse)').matches ? this.#parts.log : this.#parts.text).focus();
  }

  #send(words) {
    this.#log.keep(this.#client.send(words), this.#language, this.#status?.[0] === 'offline' ? 'kept' : 'sending');
    if (this.#status) this.#report(...this.#status);
  }

  #key(event) {
    // While an input method composes, Enter chooses a word.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.#submit();
  }

  #measure() {
    const { text, count, send, alert } = this.#parts;
    text.style.height = 'auto';
    if (text.scrollHeight) text.style.height = `${text.scrollHeight}px`;
    const used = length(text.value.trim());
    const over = used > LIMIT;
    const words = say(this.#language, over ? 'too_long' : 'left', { n: Math.abs(LIMIT - used) });
    count.textContent = used < COUNT_FROM ? '' : words;
    if (over !== count.classList.contains('over')) alert.textContent = over ? words : '';
    count.classList.toggle('over', over);
    text.setAttribute('aria-invalid', String(over));
    send.setAttribute('aria-disabled', String(over || used === 0));
    this.#store.set({ draft: text.value });
  }

  #switch() {
    this.#language = LANGUAGES.find((one) => one !== this.#language);
    this.#store.set({ language: this.#language, over: this.#pageLanguage() });
    this.#speak();
    // The guide follows words; before the first of them it greets again.
    if (this.#client.begun) this.#send(say(this.#language, 'continue'));
    else this.#startAfresh();
    this.dispatchEvent(new CustomEvent('nexus-guide-language', { detail: this.#language, bubbles: true, composed: true }));
  }

  #startAfresh() {
    this.#log.startOver(true);
    this.#state = null;
    this.#client.begin(this.#language);
  }

  #connect() {
    if (this.#parts.started) return;
    this.#parts.started = true;
    this.#report('starting');
    this.#client.start();
  }

  #messages(ready) {
    // How far this clock is ahead of the guide's, by which a link ends.
    const ahead = Math.min(this.#store.get('ahead') ?? Infinity, ...ready.map(({ created_at: at }) => Date.now() - Date.parse(at)));
    this.#store.set({ ahead });
    for (const message of ready) {
      this.#log.add(message, ahead);
      if (message.sender === 'staff') this.#author = message.meta.author?.name;
    }
    const { launcher, panel } = this.#parts;
    if (launcher && !panel.open && this.#client.begun && ready.some(({ sender }) => sender !== 'traveller')) this.#launch(true);
  }

  #enter(state) {
    const before = this.#state;
    if (!state || state === before) return;
    this.#state = state;
    const line = { bot: before === 'human' && 'gone', waiting: 'waiting', human: 'joined', closed: 'closed' }[state];
    if (line && before) this.#log.note(this.#language, line);
    this.#strip();
  }

  #strip() {
    const { strip, fresh } = this.#parts;
    const words = { waiting: 'waiting', human: 'joined' }[this.#state];
    strip.hidden = !words;
    if (words) strip.textContent = say(this.#language, words);
    fresh.hidden = this.#state !== 'closed';
  }

  #typing(on, sender) {
    const { typing } = this.#parts;
    typing.hidden = !on;
    typing.lastChild.textContent = sender === 'staff' ? say(this.#language, 'writing', { name: this.#author ?? say(this.#language, 'staff') }) : '';
    clearTimeout(this.#fade);
    // A lost writer tells no end.
    this.#fade = setTimeout(() => { typing.hidden = true; }, 15_000);
    if (on) this.#log.settle();
  }

  #report(kind, seconds) {
    const was = this.#status?.[0];
    const kept = this.#client.outbox.length > 0;
    const key = kind === 'offline' && kept ? 'offline_kept' : kind;
    if (kind === 'online') {
      this.#status = null;
      this.#tell(was === 'offline' ? 'online_again' : null);
      this.#log.fate(this.#language, 'sending');
      return;
    }
    this.#status = [kind, seconds];
    this.#tell(key, { n: seconds });
    this.#log.fate(this.#language, kind === 'starting' ? 'sending' : 'kept');
  }

  #tell(key, values) {
    const { status } = this.#parts;
    const words = key ? say(this.#language, key, values) : '';
    if (!key && this.#calm) return; // good news stays its time
    clearTimeout(this.#calm);
    this.#calm = 0;
    if (status.textContent !== words) status.textContent = words; // or it is read out again
    status.dataset.kind = key ?? '';
    const stays = { online_again: 4_000, refused: 12_000 }[key];
    if (stays) this.#calm = setTimeout(() => { this.#calm = 0; this.#tell(null); }, stays);
  }

  #refused({ client_message_id: id, text: words }) {
    const { text } = this.#parts;
    this.#log.drop(id);
    text.value = [words, text.value].filter(Boolean).join('\n');
    this.#measure();
    this.#tell('refused');
  }

  #renewed() {
    this.#log.startOver();
    this.#state = null;
    this.#log.note(this.#language, 'renewed');
  }

  #pageLanguage() {
    return supported(this.getAttribute('language')) ?? supported(this.closest('[lang]')?.lang);
  }

  #firstLanguage() {
    const page = this.#pageLanguage();
    // A choice holds until the page changes language.
    const chosen = this.#store.get('over') === page ? this.#store.get('language') : null;
    return chosen ?? page ?? navigator.languages.map(supported).find(Boolean) ?? 'en';
  }
}

const supported = (tag) => LANGUAGES.find((language) => tag?.toLowerCase().split('-')[0] === language);

// As the guide counts: an emoji is one.
const length = (text) => [...text].length;

customElements.define('nexus-guide-chat', NexusGuideChat);
