/** The list of conversations: it follows what changes and loads on as one scrolls. */

import { follow, get } from './api.js';
import { fill, h, icon } from './dom.js';
import { words } from './forms.js';
import { Filters, Tabs } from './queue_bar.js';
import { belongs, isAfter } from './queue_order.js';
import { conversationRow } from './queue_row.js';
import { say } from './words.js';

const PAGE = 50;
const CALM = 1_000; // between two looks at the list, however much changes
const FEW = 8; // changed conversations below the first page that are looked at one by one

export class Queue {
  node;
  #on;
  #view = 'waiting';
  #open = null;
  #cards = [];
  #next = null;
  #filters = new Filters(() => this.reload());
  #rows = new Map();
  #asked = 0;
  #loading = false;
  #changed = new Set();
  #timer = null;
  #at = 0;
  #tabs = new Tabs();
  #read = new Map(); // by conversation: up to where it was read here, which the desk may not have heard yet

  /** `on.counts(counts)` hears of every look at the list. */
  constructor(on) {
    this.#on = on;
    this.list = h('ul', { class: 'rows', 'aria-label': say('queue') });
    this.foot = h('p', { class: 'queue-foot', role: 'status' });
    this.scroll = h('div', { class: 'queue-scroll', onscroll: () => this.#more() }, this.list, this.foot);
    this.node = h('section', { class: 'queue', 'aria-label': say('queue') }, this.#tabs.node, this.#filters.node, this.scroll);
  }

  /** Shows a view, with the row of `open` marked. */
  show(view, open) {
    this.#open = open;
    this.#tabs.show(view, open);
    if (view !== this.#view || this.#asked === 0) {
      this.#view = view;
      this.reload();
    } else this.#draw();
  }

  /** The conversation `step` rows from the open one. */
  beside(step) {
    if (this.#cards.length === 0) return null;
    const here = this.#cards.findIndex(({ id }) => id === this.#open);
    const there = here < 0 ? (step < 0 ? this.#cards.length - 1 : 0) : here + step;
    return this.#cards[Math.max(0, Math.min(this.#cards.length - 1, there))].id;
  }

  /** Somebody has read a conversation up to `seq` on this page. */
  read(id, seq) {
    this.#read.set(id, seq);
    this.#draw();
  }

  reveal() {
    this.#rows.get(this.#open)?.node.scrollIntoView({ block: 'nearest' });
  }

  focus() {
    const row = this.#rows.get(this.#open) ?? this.#rows.get(this.#cards[0]?.id);
    (row?.link ?? this.#tabs.of(this.#view)).focus();
  }

  /** Begins the view anew. */
  async reload() {
    this.#asked += 1;
    const asked = this.#asked;
    this.#cards = [];
    this.#next = null;
    this.#draw();
    fill(this.foot, say('loading'));
    try {
      const page = await get('conversations', this.#query());
      if (asked !== this.#asked) return;
      this.#take(page.conversations, page.next);
      this.scroll.scrollTop = 0;
      this.#count();
    } catch (error) {
      if (asked === this.#asked) this.#failed(error);
    }
  }

  /** Looks again, soon, at what these conversations changed in the list; without ids, at the first page only. */
  refresh(ids = []) {
    for (const id of ids) this.#changed.add(id);
    this.#timer ??= setTimeout(() => this.#look(), Math.max(0, this.#at + CALM - Date.now()));
  }

  async #look() {
    this.#timer = null;
    this.#at = Date.now();
    const asked = this.#asked;
    const changed = [...this.#changed];
    this.#changed.clear();
    try {
      const page = await follow('conversations', this.#query());
      if (asked !== this.#asked) return;
      await this.#merge(page, changed);
      await this.#count();
    } catch (error) {
      if (!error.isPassing && error.status !== 401) this.#failed(error); // once the line is back, it is looked at again
    }
  }

  /** The first page is as the desk says; of what lies below, changed rows are looked at and gone ones dropped. */
  async #merge({ conversations, next }, changed) {
    const first = new Set(conversations.map(({ id }) => id));
    // A row that the first page lost is below it now, or gone: its place in the order tells.
    const last = conversations.at(-1);
    const below = next === null ? [] : this.#cards.filter((card) => !first.has(card.id) && isAfter(card, last, this.#view));
    const asked = this.#asked;
    const stale = changed.filter((id) => below.some((card) => card.id === id)).slice(0, FEW);
    const fresh = new Map(await Promise.all(stale.map(async (id) => [id, await follow(`conversations/${id}`).catch(() => null)])));
    if (asked !== this.#asked) return;
    const kept = below.map((card) => (fresh.has(card.id) ? fresh.get(card.id) : card)).filter((card) => card && belongs(card, this.#view));
    this.#cards = [...conversations, ...kept];
    if (kept.length === 0) this.#next = next;
    this.#draw();
  }

  async #more() {
    const { scrollTop, clientHeight, scrollHeight } = this.scroll;
    if (this.#loading || !this.#next || scrollTop + clientHeight < scrollHeight - 600) return;
    this.#loading = true;
    const asked = this.#asked;
    try {
      const page = await get('conversations', { ...this.#query(), cursor: this.#next });
      if (asked === this.#asked) {
        const known = new Set(this.#cards.map(({ id }) => id));
        this.#take([...this.#cards, ...page.conversations.filter(({ id }) => !known.has(id))], page.next);
      }
    } catch (error) {
      if (asked === this.#asked) this.#failed(error);
    } finally {
      this.#loading = false;
    }
  }

  async #count() {
    const counts = await follow('counts');
    this.#tabs.count(counts);
    this.#on.counts(counts);
  }

  #take(cards, next) {
    this.#cards = cards;
    this.#next = next;
    this.#draw();
  }

  #draw() {
    const wanted = [];
    const rows = new Map();
    for (const told of this.#cards) {
      const card = told.last_seq <= (this.#read.get(told.id) ?? 0) ? { ...told, unread: 0 } : told;
      const drawn = `${JSON.stringify(card)}${card.id === this.#open}${this.#view}`;
      let row = this.#rows.get(card.id);
      if (row?.drawn !== drawn) {
        const hadFocus = row?.link === document.activeElement;
        row = { ...conversationRow(card, this.#view, card.id === this.#open), drawn, hadFocus };
      }
      rows.set(card.id, row);
      wanted.push(row);
    }
    this.#rows = rows;
    let place = this.list.firstChild;
    const keep = new Set(wanted.map(({ node }) => node));
    for (const { node } of wanted) {
      while (place && !keep.has(place)) {
        const gone = place;
        place = place.nextSibling;
        gone.remove();
      }
      if (node === place) place = place.nextSibling;
      else this.list.insertBefore(node, place);
    }
    while (place) {
      const gone = place;
      place = place.nextSibling;
      gone.remove();
    }
    for (const row of wanted) {
      if (row.hadFocus) row.link.focus({ preventScroll: true });
      row.hadFocus = false;
    }
    fill(this.foot, this.#cards.length === 0 ? this.#empty() : this.#next ? say('more_below') : null);
  }

  #empty() {
    return [icon('inbox'), h('span', {}, say(this.#filters.areSet ? 'empty_filtered' : `empty_${this.#view}`))];
  }

  #failed(error) {
    fill(this.foot, words(error), ' ', h('button', { type: 'button', class: 'quiet', onclick: () => this.reload() }, say('try_again')));
  }

  #query() {
    return { view: this.#view, limit: PAGE, ...this.#filters.values };
  }
}
