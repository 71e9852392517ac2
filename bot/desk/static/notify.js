/** Tells somebody who looks elsewhere: a number in the title, and a notification where it was asked for. */

import { follow } from './api.js';
import { fill, h, icon } from './dom.js';
import { toast } from './forms.js';
import { say } from './words.js';

const KEPT = 'desk:notify';
const CALM = 1_500; // milliseconds between two looks, however much changes
const SEEN = 100;
const title = { plain: '', count: 0 };

/** The number of those who wait, before the page's title. */
export function badge(count) {
  title.plain ||= document.title;
  title.count = count;
  document.title = count > 0 ? `(${count > 999 ? '999+' : count}) ${title.plain}` : title.plain;
}

const isOn = () => 'Notification' in window && Notification.permission === 'granted' && localStorage.getItem(KEPT) === 'on';

/** The button that asks for notifications, and turns them off; `turned()` hears of it. */
export function notifyButton(turned) {
  if (!('Notification' in window)) return null;
  const button = h('button', { type: 'button', class: 'quiet', onclick: () => turn() });
  const draw = () => {
    button.setAttribute('aria-pressed', String(isOn()));
    button.title = say(isOn() ? 'notify_is_on' : 'notify');
    fill(button, icon('bell'), h('span', { class: 'wide-only' }, say(isOn() ? 'notify_is_on' : 'notify')));
  };
  const turn = async () => {
    if (isOn()) localStorage.removeItem(KEPT);
    else if ((await Notification.requestPermission()) === 'granted') localStorage.setItem(KEPT, 'on');
    else toast(say('notify_refused'), 'bad');
    draw();
    turned();
  };
  draw();
  return button;
}

/** Looks, whenever something changed, at who waits and who wrote; nothing of what was said is shown. */
export class News {
  #known = null;
  #timer = null;
  #at = 0;
  #me;
  #open;

  constructor(me, open) {
    this.#me = me;
    this.#open = open;
  }

  /** Something may be new. */
  look() {
    if (isOn()) this.#timer ??= setTimeout(() => this.#see(), Math.max(0, this.#at + CALM - Date.now()));
  }

  async #see() {
    this.#at = Date.now();
    try {
      const lists = await Promise.all(['waiting', 'mine'].map((view) => follow('conversations', { view, limit: SEEN })));
      const cards = lists.flatMap(({ conversations }) => conversations);
      const before = this.#known;
      this.#known = new Map(cards.map((card) => [card.id, card]));
      if (before && document.hidden) for (const card of cards) this.#compare(card, before.get(card.id));
    } catch {
      // the line is down; the next look compares with the last that worked
    } finally {
      this.#timer = null;
    }
  }

  #compare({ id, state, assignee, unread, reason }, before) {
    const isWaiting = state === 'waiting' && before?.state !== 'waiting';
    const isForMe = state === 'human' && assignee?.id === this.#me && unread > (before?.unread ?? 0);
    if (!isWaiting && !isForMe) return;
    const shown = new Notification(say(isWaiting ? 'news_waiting' : 'news_message'), {
      body: reason ? say(`reason_${reason}`) : '', tag: id, lang: document.documentElement.lang, icon: '/desk/static/icon.svg',
    });
    shown.onclick = () => {
      window.focus();
      shown.close();
      this.#open(id);
    };
  }
}
