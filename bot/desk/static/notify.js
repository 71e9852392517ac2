/** Tells somebody who looks elsewhere: a number in the title, and a notification where it was asked for. */

import { fill, h, icon } from './dom.js';
import { toast } from './forms.js';
import { say } from './words.js';

const KEPT = 'desk:notify';
const title = { plain: '', count: 0 };

/** The number of those who wait, before the page's title. */
export function badge(count) {
  title.plain ||= document.title;
  title.count = count;
  document.title = count > 0 ? `(${count > 999 ? '999+' : count}) ${title.plain}` : title.plain;
}

const isOn = () => 'Notification' in window && Notification.permission === 'granted' && localStorage.getItem(KEPT) === 'on';

/** The button that asks for notifications, and turns them off. */
export function notifyButton() {
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
  };
  draw();
  return button;
}

/** Watches lists of conversations for what is new; nothing of what was said is shown. */
export class News {
  #known = new Map();
  #begun = false;
  #me;
  #open;

  constructor(me, open) {
    this.#me = me;
    this.#open = open;
  }

  /** Takes in what a list shows; `view` tells a look at who waits from others. */
  see(cards) {
    for (const { id, state, assignee, unread, reason } of cards) {
      const before = this.#known.get(id);
      const isWaiting = state === 'waiting' && before?.state !== 'waiting';
      const isForMe = state === 'human' && assignee?.id === this.#me && unread > (before?.unread ?? 0);
      this.#known.set(id, { state, unread });
      if (this.#begun && document.hidden && isOn() && (isWaiting || isForMe)) this.#tell(id, isWaiting ? say('news_waiting') : say('news_message'), reason ? say(`reason_${reason}`) : '');
    }
    this.#begun ||= cards.length > 0;
  }

  #tell(id, head, body) {
    const shown = new Notification(head, { body, tag: id, lang: document.documentElement.lang, icon: '/desk/static/icon.svg' });
    shown.onclick = () => {
      window.focus();
      shown.close();
      this.#open(id);
    };
  }
}
