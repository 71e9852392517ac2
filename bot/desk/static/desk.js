/** The desk: queue, conversation and case side by side, held together by the address after "#": VIEW/CONVERSATION/SEQ. */

import { ConversationView } from './conversation.js';
import { h, icon } from './dom.js';
import { page } from './header.js';
import { News, badge, notifyButton } from './notify.js';
import { Queue } from './queue.js';
import { VIEWS } from './queue_bar.js';
import { openSearch } from './search.js';
import { ask, begin, current, whenBack } from './session.js';
import { listen, openHelp } from './shortcuts.js';
import { Side } from './side.js';
import { Socket } from './socket.js';
import { say } from './words.js';

await begin();

const TICK = 30_000; // what a snooze ends at comes by itself: nothing changes then that the desk could tell
const LOST_AFTER = 1_500; // milliseconds: a blink of the line is not worth a banner
let lost = null;

const banner = h('p', { class: 'banner', role: 'status' });
const frame = h('div', { class: 'desk', 'data-pane': 'queue' });
const news = new News(current().staff.id, (id) => go(place().view, id));
const queue = new Queue({ counts: ({ waiting }) => badge(waiting) });
const socket = new Socket({
  ready: () => { conversation.refresh(); conversation.outbox.flush(); queue.refresh(); news.look(); },
  status: (isOnline) => tellLine(isOnline),
  signedOut: () => ask(),
  barred: () => { queue.refresh(); conversation.refresh(); }, // a call is told why a socket is not, and does its work meanwhile
  frame: (told) => {
    if (told.type !== 'changed') return conversation.hear(told);
    queue.refresh(told.conversations);
    news.look();
    if (told.conversations.includes(conversation.id)) conversation.refresh();
    return undefined;
  },
});
const conversation = new ConversationView(socket, {
  details: (details) => side.show(details),
  changed: () => queue.refresh(),
  read: (id, seq) => queue.read(id, seq),
  back: () => { go(place().view); queue.focus(); },
  side: () => { pane('side'); side.node.focus(); },
});
const side = new Side({
  jump: (seq) => { pane('conversation'); conversation.timeline.jump(seq); },
  close: () => { pane('conversation'); conversation.title.focus(); },
  changed: () => conversation.refresh(),
});

frame.append(queue.node, conversation.node, side.node);
page('desk', say('page_desk'), frame,
  h('button', { type: 'button', class: 'quiet', onclick: () => search() }, icon('search'), h('span', { class: 'wide-only' }, say('search'))),
  notifyButton(() => news.look()),
  h('button', { type: 'button', class: 'quiet', 'aria-label': say('shortcuts'), title: say('shortcuts'), onclick: () => openHelp() }, icon('keys')));
frame.before(banner);

listen((what) => {
  if (conversation.actions.isBusy) return undefined; // what is typed ahead is no command
  if (what.startsWith('view:')) return go(what.slice(5));
  const doing = {
    next: () => step(1),
    previous: () => step(-1),
    open: () => step(0),
    reply: () => write('reply'),
    note: () => write('note'),
    search: () => search(),
    help: () => openHelp(),
    case: () => { pane('side'); side.node.focus(); },
  };
  if (doing[what]) return doing[what]();
  return conversation.details && conversation.actions.perform(what);
});
whenBack(() => { socket.restart(); conversation.outbox.flush(); conversation.refresh(); queue.refresh(); });
addEventListener('hashchange', () => route());
route();
setInterval(() => { queue.refresh(); news.look(); conversation.tick(); }, TICK);

function place() {
  const [view, id, seq] = location.hash.slice(1).split('/');
  return { view: VIEWS.includes(view) ? view : 'waiting', id: id || null, seq: Number(seq) || null };
}

function go(view, id = null, seq = null) {
  location.hash = `#${[view, id, seq].filter(Boolean).join('/')}`;
  route(); // at once: the event comes late for somebody who types fast
}

function route() {
  const { view, id, seq } = place();
  queue.show(view, id);
  queue.reveal();
  if (id) {
    pane('conversation');
    const isAlone = queue.node.offsetParent === null; // the row that had the focus is not shown any more
    conversation.open(id, seq).then(() => isAlone && conversation.title.focus());
  } else {
    pane('queue');
    if (conversation.id) conversation.close();
  }
}

/** Which of the three is shown where there is room for one only. */
function pane(name) {
  frame.dataset.pane = name;
}

function step(by) {
  const id = queue.beside(by);
  if (!id) return;
  go(place().view, id);
  queue.focus();
}

function write(kind) {
  if (!conversation.details) return;
  conversation.composer.mode(kind);
  conversation.composer.focus();
}

function search() {
  openSearch((id, seq) => go(place().view, id, seq));
}

function tellLine(isOnline) {
  clearTimeout(lost);
  if (isOnline) {
    banner.textContent = banner.textContent === '' ? '' : say('online_again');
    banner.classList.add('good');
    lost = setTimeout(() => { banner.textContent = ''; }, 3_000);
  } else lost = setTimeout(() => { banner.classList.remove('good'); banner.textContent = say('offline'); }, LOST_AFTER);
}
