/**
 * A conversation's messages, notes and events in order. However long it is, only a window of it is in the page: it grows
 * at the end one scrolls to and shrinks at the other.
 */

import { follow, get } from './api.js';
import { fill, h, icon } from './dom.js';
import { words } from './forms.js';
import { arrange, byPlace, failDeliveries, itemsOf, markFate, moveDeliveries } from './timeline_items.js';
import { pendingRow } from './timeline_rows.js';
import { say } from './words.js';

const PAGE = 50;
const MOST = 240; // rows in the page
const NEAR = 64; // pixels from the end that count as reading the newest
const AHEAD = 900; // pixels before an end at which more is asked for

export class Timeline {
  #on;
  #id = null;
  #asked = 0;
  #items = [];
  #keys = new Set();
  #earlier = false;
  #later = false;
  #loading = false;
  #isOpen = false;
  #missed = false; // something came while the window was being loaded
  #readBefore = 0;
  #travellerRead = 0;
  #unseen = 0;
  #follows = true;

  /** `on.read(seq)`: the staff member has this message in view. */
  constructor(on) {
    this.#on = on;
    this.rows = h('div', { class: 'items' });
    this.pending = h('div', { class: 'items' });
    this.top = h('p', { class: 'edge-line' });
    this.log = h('div', {
      class: 'log', role: 'log', 'aria-live': 'polite', 'aria-label': say('transcript'), tabindex: '0', onscroll: () => this.#scrolled(),
    }, this.top, this.rows, this.pending);
    this.newest = h('button', { type: 'button', class: 'button newest', hidden: true, onclick: () => this.toNewest() });
    this.node = h('div', { class: 'timeline' }, this.log, this.newest);
    new ResizeObserver(() => this.#follows && this.#toEnd()).observe(this.log);
  }

  /** Shows a conversation from its newest messages on, or around message `seq`. */
  async open(id, { readBefore = 0, travellerRead = 0, seq = null } = {}) {
    this.#id = id;
    this.#readBefore = readBefore;
    this.#travellerRead = travellerRead;
    this.clear();
    await this.#load(seq ? { before: seq + PAGE / 2 } : {}, seq);
  }

  clear() {
    this.#asked += 1;
    this.#items = [];
    this.#keys.clear();
    this.#earlier = this.#later = this.#loading = this.#isOpen = this.#missed = false;
    this.#follows = true;
    this.#sees(0);
    fill(this.rows);
    fill(this.top);
  }

  /** The newest message that is shown, or 0. */
  get lastSeq() {
    return this.#items.at(-1)?.seq ?? 0;
  }

  /** Asks for what came since, notes and events beside the newest message included. */
  async catchUp() {
    this.#missed ||= !this.#isOpen;
    if (this.#later || !this.#isOpen) return;
    const asked = this.#asked;
    for (let more = true; more;) {
      const before = this.lastSeq;
      const page = await follow(`conversations/${this.#id}/timeline`, { after: before, limit: PAGE });
      if (asked !== this.#asked) return;
      this.receive(page);
      more = page.later != null && this.lastSeq > before;
    }
  }

  /** Takes in what is new; what is known already is left as it is. */
  receive(page) {
    this.#missed ||= !this.#isOpen;
    if (!this.#isOpen) return;
    if (this.#later) {
      this.#sees(this.#unseen + (page.messages?.length ?? 0));
      return;
    }
    const seq = this.lastSeq;
    const fresh = (page.messages ?? []).filter((message) => !this.#keys.has(`m${message.seq}`) && message.seq > seq);
    if (fresh.length > 0 && seq > 0 && fresh[0].seq > seq + 1) {
      this.catchUp().catch(() => {}); // a gap: it is filled first, so that nothing is out of order or lost
      return;
    }
    const follows = this.#follows;
    failDeliveries(this.#items, (page.events ?? []).filter(({ id }) => !this.#keys.has(`e${id}`)));
    this.#add(page);
    if (follows) {
      this.#trim('top');
      this.#toEnd();
    } else if (fresh.length > 0) this.#sees(this.#unseen + fresh.length);
    this.tellRead();
  }

  /** Shows what is on its way, below everything. */
  keep(items, isStuck) {
    fill(this.pending, items.map((item) => pendingRow(item, isStuck)));
    if (this.#follows) this.#toEnd();
  }

  /** The traveller has read up to `seq`. */
  readByTraveller(seq) {
    this.#travellerRead = Math.max(this.#travellerRead, seq);
    markFate(this.#items, this.#travellerRead, this.#later);
  }

  /** Messages got further on the traveller's messaging channel. */
  fared(frame) {
    moveDeliveries(this.#items, frame);
    markFate(this.#items, this.#travellerRead, this.#later);
  }

  /** Goes to message `seq`, loading it where it is not in the page. */
  async jump(seq) {
    const found = this.#items.find((item) => item.kind === 'message' && item.seq === seq);
    if (found) this.#point(found);
    else {
      this.clear();
      await this.#load({ before: seq + PAGE / 2 }, seq);
    }
  }

  async toNewest() {
    if (this.#later) {
      this.clear();
      await this.#load({});
    }
    this.#follows = true;
    this.#toEnd();
    this.log.focus({ preventScroll: true });
    this.tellRead();
  }

  /** Tells what is in view, where somebody is looking. */
  tellRead() {
    if (this.#follows && !this.#later && !document.hidden && this.lastSeq > 0) this.#on.read(this.lastSeq);
  }

  async #load(range, seq = null) {
    this.#loading = true;
    this.log.setAttribute('aria-busy', 'true');
    fill(this.top, say('loading'));
    const asked = this.#asked;
    try {
      const page = await get(`conversations/${this.#id}/timeline`, { ...range, limit: PAGE });
      if (asked !== this.#asked) return;
      this.#earlier = page.earlier != null;
      this.#later = page.later != null;
      this.#add(page);
      const found = seq && this.#items.find((item) => item.kind === 'message' && item.seq === seq);
      if (found) this.#point(found);
      else this.#start();
      this.#isOpen = true;
      this.tellRead();
      if (this.#missed) this.catchUp().catch(() => {}); // the next frame or connection brings it too
      this.#missed = false;
    } catch (error) {
      if (asked === this.#asked) this.#failed(error, () => this.#load(range, seq));
    } finally {
      if (asked === this.#asked) this.#loading = false;
      this.log.removeAttribute('aria-busy');
    }
  }

  /** Begins at the first unread message where it does not fit with the newest. */
  #start() {
    this.#toEnd();
    const line = this.rows.querySelector('.new-line');
    if (line && line.offsetTop < this.log.scrollTop) this.log.scrollTop = line.offsetTop - 12;
  }

  async #page(end) {
    if (this.#loading) return;
    this.#loading = true;
    const asked = this.#asked;
    const range = end === 'top' ? { before: this.#firstMessage() } : { after: this.lastSeq };
    try {
      const page = await get(`conversations/${this.#id}/timeline`, { ...range, limit: PAGE });
      if (asked !== this.#asked) return;
      this.log.setAttribute('aria-live', 'off'); // what is old is no news
      this.#inPlace(() => {
        if (end === 'top') this.#earlier = page.earlier != null;
        else this.#later = page.later != null;
        this.#add(page);
        this.#trim(end === 'top' ? 'bottom' : 'top');
      });
      setTimeout(() => this.log.setAttribute('aria-live', 'polite'), 100);
    } catch (error) {
      if (asked === this.#asked) this.#failed(error, () => this.#page(end));
    } finally {
      if (asked === this.#asked) this.#loading = false;
    }
    if (asked === this.#asked) this.#scrolled();
  }

  #firstMessage() {
    return this.#items.find(({ kind }) => kind === 'message')?.seq ?? 1;
  }

  #add(page) {
    const fresh = itemsOf(page).filter(({ key }) => !this.#keys.has(key));
    for (const item of fresh) this.#keys.add(item.key);
    this.#items = [...this.#items, ...fresh].sort(byPlace);
    this.#draw();
  }

  #trim(end) {
    const over = this.#items.length - MOST;
    if (over <= 0) return;
    // Cut between messages, so that what stands beside one stays with it.
    const index = end === 'top' ? over : MOST;
    const { seq } = this.#items[index];
    const goes = end === 'top' ? (item) => item.seq < seq : (item) => item.seq > seq;
    for (const item of this.#items.filter(goes)) {
      this.#keys.delete(item.key);
      item.node.remove();
    }
    this.#items = this.#items.filter((item) => !goes(item));
    if (end === 'top') this.#earlier = true;
    else this.#later = true;
    this.#draw();
  }

  #draw() {
    let place = this.rows.firstChild;
    for (const { node } of this.#items) {
      if (node === place) place = place.nextSibling;
      else this.rows.insertBefore(node, place);
    }
    arrange(this.#items, this.#readBefore);
    markFate(this.#items, this.#travellerRead, this.#later);
    fill(this.top, this.#earlier ? say('loading') : this.#items.length > 0 ? say('transcript_begins') : say('transcript_empty'));
  }

  /** Changes what is in the page while what is read stays where it is. */
  #inPlace(change) {
    const top = this.log.scrollTop;
    const held = this.#items.find(({ node }) => node.offsetTop + node.offsetHeight > top && node.offsetTop >= top) ?? this.#items[0];
    const before = held ? held.node.offsetTop : 0;
    change();
    if (held?.node.isConnected) this.log.scrollTop = top + held.node.offsetTop - before;
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.log;
    const below = scrollHeight - scrollTop - clientHeight;
    this.#follows = below < NEAR && !this.#later;
    if (this.#follows) this.#sees(0);
    else this.#sees(this.#unseen, below > clientHeight);
    if (this.#items.length === 0 || this.#loading) return;
    if (this.#earlier && scrollTop < AHEAD) this.#page('top');
    else if (this.#later && below < AHEAD) this.#page('bottom');
    if (this.#follows) this.tellRead();
  }

  #toEnd() {
    this.log.scrollTop = this.log.scrollHeight;
  }

  #point({ node }) {
    this.#follows = false;
    this.log.scrollTop = Math.max(0, node.offsetTop - this.log.clientHeight / 3);
    node.classList.remove('pointed');
    void node.offsetWidth;
    node.classList.add('pointed');
    node.tabIndex = -1;
    node.focus({ preventScroll: true });
  }

  #sees(count, far = false) {
    this.#unseen = count;
    this.newest.hidden = count === 0 && !far && !this.#later;
    fill(this.newest, icon('down'), say(count > 0 ? 'newest_n' : 'newest', { n: count }));
  }

  #failed(error, again) {
    fill(this.top, words(error), ' ', h('button', { type: 'button', class: 'quiet', onclick: () => again() }, say('try_again')));
  }
}
