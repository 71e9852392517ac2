/** The conversation in the middle: what it is, what can be done, what was said, the box to write in. */

import { follow, get } from './api.js';
import { Actions } from './actions.js';
import { Composer } from './composer.js';
import { fill, h, icon } from './dom.js';
import { toast, words } from './forms.js';
import { channelName } from './naming.js';
import { Outbox } from './outbox.js';
import { current } from './session.js';
import { Timeline } from './timeline.js';
import { moment, now, say, sayWith, since } from './words.js';

const TYPING_FADES = 10_000;

export class ConversationView {
  #on;
  #socket;
  #asked = 0;
  #read = 0;
  #typing = new Map();
  #landed = new Set(); // ids of what the timeline shows although its answer is still on the way
  details = null;
  id = null;

  /** `on.details(details)` after each look, null where there is nothing; `on.changed()`; `on.read(id, seq)`; `on.back()`; `on.side()`. */
  constructor(socket, on) {
    this.#on = on;
    this.#socket = socket;
    this.timeline = new Timeline({ read: (seq) => this.#tellRead(seq) });
    this.outbox = new Outbox({
      changed: () => this.#showOutbox(),
      sent: (item, stored) => this.#sent(item, stored),
      refused: (item, problem) => this.#refused(item, problem),
    });
    this.actions = new Actions({ done: (act) => this.#acted(act), refused: (problem) => this.#lost(problem) });
    this.composer = new Composer({
      send: (kind, text) => this.outbox.send(this.id, kind, text),
      typing: (on) => this.id && this.#socket.typing(this.id, on),
    });
    this.title = h('h1', { tabindex: '-1' });
    this.chips = h('p', { class: 'chips' });
    this.line = h('p', { class: 'typing-line', role: 'status' });
    this.body = h('div', { class: 'conversation-body', hidden: true },
      h('header', { class: 'conversation-head' },
        h('button', { type: 'button', class: 'quiet square only-narrow', 'aria-label': say('back_to_queue'), onclick: () => on.back() }, icon('back')),
        h('div', { class: 'conversation-title' }, this.title, this.chips),
        this.actions.node,
        h('button', { type: 'button', class: 'button only-medium', onclick: () => on.side() }, icon('file'), h('span', {}, say('case')))),
      this.timeline.node, this.line, this.composer.node);
    this.empty = h('div', { class: 'conversation-empty' }, h('h1', { class: 'unseen' }, say('page_desk')), icon('inbox'), h('p'));
    this.node = h('main', { id: 'main', class: 'conversation', tabindex: '-1', 'aria-label': say('conversation') }, this.body, this.empty);
    this.#say(say('choose_one'));
    document.addEventListener('visibilitychange', () => this.timeline.tellRead());
  }

  /** Opens a conversation, at message `seq` where one is named. */
  async open(id, seq = null) {
    if (id === this.id && this.details) {
      if (seq) await this.timeline.jump(seq);
      return;
    }
    this.close();
    this.id = id;
    const asked = this.#asked;
    this.#say(say('loading'));
    try {
      const details = await get(`conversations/${id}`);
      if (asked !== this.#asked) return;
      this.#read = details.staff_read_seq;
      this.#show(details);
      this.empty.hidden = true;
      this.body.hidden = false;
      this.composer.open(details);
      this.#showOutbox();
      await this.timeline.open(id, { readBefore: details.staff_read_seq, travellerRead: details.traveller_read_seq, seq });
      if (asked !== this.#asked) return;
      this.#socket.watch(id, this.timeline.lastSeq);
    } catch (problem) {
      if (asked === this.#asked) this.#lost(problem);
    }
  }

  close() {
    this.#asked += 1;
    this.id = this.details = null;
    this.#typing.clear();
    this.#socket.watch(null);
    this.timeline.clear();
    this.body.hidden = true;
    this.#say(say('choose_one'));
    this.#on.details(null);
  }

  /** Looks again at everything that may have changed while the line was down or somebody else was at work. */
  async refresh(withTimeline = true) {
    if (!this.id) return;
    const asked = this.#asked;
    try {
      const details = await follow(`conversations/${this.id}`);
      if (asked !== this.#asked) return;
      this.#show(details);
      if (withTimeline) await this.timeline.catchUp();
    } catch (problem) {
      if (asked === this.#asked && !problem.isPassing && problem.status !== 401) this.#lost(problem);
    }
  }

  /** Its snooze may have ended meanwhile. */
  tick() {
    if (this.details?.can.includes('wake') && Date.parse(this.details.snoozed_until) <= now()) this.refresh(false);
  }

  /** What the socket tells about the conversation that is open. */
  hear(frame) {
    if (frame.conversation_id !== this.id || !this.details) return;
    if (frame.type === 'timeline') {
      this.#land(frame);
      this.timeline.receive(frame);
      for (const { sender } of frame.messages ?? []) this.#types(sender, false);
      if (frame.traveller_read_seq) this.timeline.readByTraveller(frame.traveller_read_seq);
      if ((frame.state && frame.state !== this.details.state) || frame.events?.length > 0 || frame.messages?.some(({ meta }) => meta?.ruling)) this.refresh(false);
    } else if (frame.type === 'typing') this.#types(frame.sender, frame.on);
    else if (frame.type === 'read' && frame.by === 'traveller') this.timeline.readByTraveller(frame.seq);
    else if (frame.type === 'fared') this.timeline.fared(frame);
    else if (frame.type === 'error') this.refresh(); // it tells what became of it
  }

  #show(details) {
    const { assignee, state, reason, channel, language, snoozed_until: snoozed, waiting_since: waiting, rating } = details;
    const changed = JSON.stringify(details) !== JSON.stringify(this.details);
    this.details = details;
    if (!changed) return;
    const isMine = assignee?.id === current().staff.id;
    fill(this.title, reason ? say(`reason_${reason}`) : say('conversation'));
    fill(this.chips,
      h('span', { class: `chip ${state}` }, state === 'human' && assignee ? (isMine ? say('with_you') : sayWith('with', { name: assignee.name })) : say(`state_${state}`)),
      waiting && state !== 'closed' && h('span', { class: 'chip' }, icon('clock'), since(waiting, (length) => say('waits_long', { length }))),
      snoozed && Date.parse(snoozed) > now() && h('span', { class: 'chip' }, icon('moon'), say('snoozed_until', { at: moment(snoozed) })),
      h('span', { class: 'chip' }, channelName(channel)),
      language && h('span', { class: 'chip' }, say(`language_${language}`)),
      rating && h('span', { class: 'chip' }, say(`rating_${rating}`)));
    this.actions.show(details);
    this.composer.allow(details.can.includes('reply'), this.#why(details, isMine));
    this.timeline.readByTraveller(details.traveller_read_seq);
    this.#on.details(details);
  }

  #why({ state, assignee, can }, isMine) {
    if (can.includes('take')) return [say('take_to_reply'), ' ', h('button', { type: 'button', class: 'button lead', onclick: () => this.actions.perform('take') }, icon('hand'), say('act_take'))];
    if (assignee && !isMine) return sayWith('taken_by', { name: assignee.name });
    return say(state === 'closed' ? 'closed_no_reply' : 'no_reply_now');
  }

  async #acted(act) {
    this.#on.changed();
    await this.refresh();
    if (act === 'take') this.composer.beginReply();
  }

  /** It is somebody else's, or nobody's to see any more; what was written stays kept. */
  #lost(problem) {
    if (problem.status === 409) {
      this.refresh();
      this.#on.changed();
    } else if (problem.status === 404 || !this.details) {
      this.body.hidden = true;
      this.#on.details(null);
      this.#say(problem.status === 404 ? say('not_yours') : words(problem), problem.status !== 404 && (() => { const { id } = this; this.close(); this.open(id); }));
    }
  }

  #sent(item, stored) {
    if (item.conversation !== this.id) return;
    this.timeline.catchUp().catch(() => {}); // the next frame or connection brings it too
    if (stored?.seq && item.kind === 'reply') this.#read = Math.max(this.#read, stored.seq);
  }

  /** What was just sent is not shown twice, whichever comes first: its answer or the live timeline. */
  #land({ messages = [], notes = [] }) {
    const told = [...messages.filter(({ sender }) => sender === 'staff'), ...notes].map(({ text }) => text);
    for (const { id, text } of this.outbox.of(this.id)) if (told.includes(text)) this.#landed.add(id);
    this.#showOutbox();
  }

  #refused(item, problem) {
    this.composer.giveBack(item.conversation, item.kind, item.text);
    toast([words(problem), ' ', say('kept_in_box')], 'bad');
    this.#lost(problem);
    if (item.conversation === this.id) this.composer.focus();
  }

  #showOutbox() {
    const waiting = this.id ? this.outbox.of(this.id).filter(({ id }) => !this.#landed.has(id)) : [];
    this.timeline.keep(waiting, this.outbox.isStuck);
  }

  #tellRead(seq) {
    if (seq <= this.#read || !this.details?.can.includes('reply')) return;
    if (!this.#socket.read(this.id, seq)) return;
    this.#read = seq;
    this.#on.read(this.id, seq);
  }

  #types(sender, on) {
    clearTimeout(this.#typing.get(sender));
    this.#typing.delete(sender);
    if (on && !(sender === 'staff' && this.details.can.includes('reply'))) this.#typing.set(sender, setTimeout(() => this.#types(sender, false), TYPING_FADES));
    fill(this.line, [...this.#typing.keys()].map((who) => h('span', {}, h('i', { 'aria-hidden': 'true' }), say(`typing_${who}`))));
  }

  #say(message, again = null) {
    this.empty.hidden = false;
    this.empty.querySelector('button')?.remove();
    fill(this.empty.lastChild, message);
    if (again) this.empty.append(h('button', { type: 'button', class: 'button', onclick: again }, say('try_again')));
  }
}
