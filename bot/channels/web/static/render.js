/** The log: messages in order, unsent ones last, replies to press under the newest. */

import { foldedSources, rulingCard } from './card.js';
import { button, followable, h, icon, newTab, outside, say, time, unseen } from './dom.js';

const NEAR = 48; // pixels from the end: reading the newest
const ONE_ANSWER = 4_000; // milliseconds
const ADDRESS = /https?:\/\/[^\s<>"«»]+[^\s<>"«».,;:!?)\]]/g;

export class Log {
  #node;
  #onChoice;
  #onUnseen;
  #views;
  #read = 0;
  #mark = null;
  #mine = new Map(); // bubbles to be stored, by client_message_id
  #choices = null;
  #offered = []; // a stored payload shows as the words pressed
  #anchor = null; // where reading starts
  #anchoredUntil = 0;
  #follows = true;
  #aimed = 0;

  constructor(node, { onChoice, onUnseen, onSeen }) {
    this.#node = node;
    this.#onChoice = onChoice;
    this.#onUnseen = onUnseen;
    this.#views = new IntersectionObserver((entries) => {
      for (const { isIntersecting, target } of entries) if (isIntersecting) onSeen(Number(target.dataset.seq));
    });
    node.addEventListener('scroll', () => this.#heed());
    // A telephone's keyboard must not hide the newest words.
    new ResizeObserver(() => this.#follows && this.settle()).observe(node);
  }

  /** Adds a stored message, in place of what was kept of it. */
  add(message, ahead) {
    this.#heed(); // a message may overtake the event of a scroll
    const atEnd = this.#distance() < NEAR;
    this.#clearChoices();
    const own = message.client_message_id;
    const known = this.#mine.get(own);
    if (known) {
      this.#mine.delete(own);
      known.classList.remove('pending');
      known.querySelector('.fate').remove();
      known.lang = message.language ?? known.lang;
      known.dataset.seq = message.seq;
      known.querySelector('.text').replaceChildren(...this.#text(message));
    } else {
      const node = bubble(message, this.#text(message), this.#node.closest('[lang]').lang, ahead);
      this.#place(node);
      if (message.sender === 'staff') this.#views.observe(node);
      if (message.sender === 'traveller') this.#startAt(node, Infinity);
      else if (Date.now() > this.#anchoredUntil && atEnd) this.#startAt(node, Date.now() + ONE_ANSWER);
      else if (Date.now() > this.#anchoredUntil) this.#follows = false; // reading what came before
      else this.#anchoredUntil = Math.min(this.#anchoredUntil, Date.now() + ONE_ANSWER);
    }
    this.#offered = message.sender === 'traveller' ? [] : message.buttons ?? [];
    if (message.sender === 'bot') this.#offer(message);
    this.read(0);
    this.settle(true, message.sender === 'staff');
  }

  /** Marks the traveller's last message where staff have read it. */
  read(seq) {
    this.#read = Math.max(this.#read, seq);
    this.#mark?.remove();
    const last = [...this.#node.querySelectorAll('.traveller')].at(-1);
    if (!(last?.dataset.seq <= this.#read)) return;
    this.#mark = h('small', { class: 'fate' }, say(last.lang, 'read'));
    last.append(this.#mark);
  }

  /** Shows words not yet known to be stored. */
  keep({ client_message_id: id, text }, language, fate) {
    const message = { sender: 'traveller', text, language };
    const node = bubble(message, this.#text(message), language);
    node.classList.add('pending');
    node.append(h('small', { class: 'fate', 'aria-live': 'off' }, say(language, fate)));
    this.#mine.set(id, node);
    this.#clearChoices();
    this.#startAt(node, Infinity);
    this.#follow();
    this.#place(node);
    this.settle();
  }

  drop(id) {
    this.#mine.get(id)?.remove();
    this.#mine.delete(id);
  }

  fate(language, key) {
    for (const node of this.#mine.values()) {
      node.querySelector('.fate').textContent = say(language, key);
      node.classList.toggle('kept', key === 'kept');
    }
  }

  /** A line that nobody wrote. */
  note(language, key) {
    this.#heed();
    this.#place(h('p', { class: 'note', lang: language }, say(language, key)));
    this.settle(true, true);
  }

  /** A new conversation, below or instead of what is shown. */
  startOver(wipe = false) {
    this.#clearChoices();
    if (wipe) for (const node of this.#node.querySelectorAll('.message:not(.pending), .note')) node.remove();
    this.#offered = [];
    this.#read = 0;
  }

  /** Goes to the newest words, or to where reading them starts. */
  settle(news = false, loud = false) {
    if (!this.#follows) {
      if (news) this.#onUnseen(true);
      return;
    }
    const bottom = this.#node.scrollHeight - this.#node.clientHeight;
    const top = this.#anchor?.isConnected ? this.#anchor.offsetTop - 12 : bottom;
    this.#aimed = Math.max(0, Math.round(Math.min(bottom, top)));
    this.#node.scrollTop = this.#aimed;
    if (loud && bottom - this.#aimed > NEAR) this.#onUnseen(true);
  }

  toNewest() {
    this.#follow();
    this.#anchor = null;
    this.#onUnseen(false);
    this.settle();
  }

  #follow() {
    this.#follows = true;
    this.#aimed = this.#node.scrollTop;
  }

  #heed() {
    if (Math.abs(this.#node.scrollTop - this.#aimed) < 2) return;
    this.#follows = this.#distance() < NEAR;
    if (this.#follows) this.#onUnseen(false);
  }

  #distance() {
    return this.#node.scrollHeight - this.#node.scrollTop - this.#node.clientHeight;
  }

  #startAt(node, until) {
    this.#anchor = node;
    this.#anchoredUntil = until;
  }

  #place(node) {
    this.#node.insertBefore(node, this.#node.querySelector('.pending, .typing'));
  }

  #text({ sender, text }) {
    if (sender !== 'traveller') return paragraphs(text);
    const pressed = this.#offered.find(({ payload }) => payload === text);
    return paragraphs(pressed?.title ?? text);
  }

  #offer({ buttons = [], language }) {
    if (buttons.length === 0 || this.#mine.size > 0) return;
    this.#choices = h('div', { class: 'choices', role: 'group', lang: language, 'aria-label': say(language, 'choices') },
      buttons.map(({ title, payload }) => button('choice', () => this.#onChoice(payload), h('bdi', {}, title))));
    this.#place(this.#choices);
  }

  #clearChoices() {
    this.#choices?.remove();
    this.#choices = null;
  }
}

function bubble(message, text, fallback, ahead) {
  const { sender, seq, meta = {} } = message;
  const language = message.language ?? fallback;
  const who = meta.author?.name ?? say(language, sender === 'traveller' ? 'you' : sender);
  const node = h('div', { class: `message ${sender}`, lang: language, 'data-seq': seq },
    sender === 'staff' ? h('p', { class: 'who', dir: 'auto' }, who) : unseen(`${who} : `),
    h('div', { class: 'text' }, text));
  if (sender === 'traveller') return node;
  if (meta.link) node.append(...linkButton(meta.link, language, ahead));
  try {
    if (meta.ruling) node.append(rulingCard(meta, language));
    else if (meta.sources?.length) node.append(foldedSources(meta.sources, language));
    // The whole text is for channels without cards.
    if (meta.summary && meta.summary === meta.ruling?.cbp_on_next_flight.text) node.querySelector('.text').remove();
    else if (meta.summary) node.querySelector('.text').replaceChildren(...paragraphs(meta.summary));
  } catch (error) {
    console.error(error); // the text stands without its card
  }
  return node;
}

function linkButton({ url, title, expires_at: until }, language, ahead) {
  const href = followable(url);
  const over = () => h('p', { class: 'small' }, say(language, 'link_over'));
  const left = until ? Date.parse(until) - Date.now() + ahead : Infinity;
  if (!href || left <= 0) return [over()];
  const link = outside(href, [title, newTab(language), icon('out')], { class: 'button' });
  if (!until) return [link];
  const limit = h('p', { class: 'small' }, say(language, 'link_until', { time: time(language, until) }));
  if (left < 86_400_000) setTimeout(() => { link.remove(); limit.replaceWith(over()); }, left);
  return [link, limit];
}

function paragraphs(text) {
  return text.trim().split(/\n{2,}|\n(?=• )/).map((part) => h('p', { dir: 'auto', class: part.startsWith('• ') && 'item' }, withLinks(part)));
}

function withLinks(text) {
  const nodes = [];
  let end = 0;
  for (const { 0: address, index } of text.matchAll(ADDRESS)) {
    nodes.push(text.slice(end, index), outside(followable(address), address));
    end = index + address.length;
  }
  return [...nodes, text.slice(end)];
}
