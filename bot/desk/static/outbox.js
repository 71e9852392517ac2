/**
 * Sends replies and notes in order, one at a time, and again until the desk has them: with the same id, so nothing is
 * stored twice. What the desk refuses comes back to whoever wrote it.
 */

import { identifier, post } from './api.js';
import { keepOutbox, outbox } from './kept.js';

const LONGEST_PAUSE = 15_000;
const PATHS = {
  reply: ({ conversation, id, text }) => [`conversations/${conversation}/reply`, { text, client_message_id: id }],
  note: ({ conversation, id, text }) => [`conversations/${conversation}/notes`, { text, client_note_id: id }],
};

export class Outbox {
  #on;
  #sending = false;
  #failures = 0;
  #timer = null;

  /** `on.changed()`: what waits is another; `on.sent(item, stored)`; `on.refused(item, problem)`. */
  constructor(on) {
    this.#on = on;
  }

  /** What waits for a conversation, oldest first. */
  of(conversation) {
    return outbox().filter((item) => item.conversation === conversation);
  }

  get isStuck() {
    return this.#failures > 0;
  }

  send(conversation, kind, text) {
    keepOutbox([...outbox(), { conversation, kind, text, id: identifier(), at: new Date().toISOString() }]);
    this.#on.changed();
    this.flush();
  }

  /** Tries now, whatever it was waiting for. */
  flush() {
    clearTimeout(this.#timer);
    this.#timer = null;
    if (!this.#sending) this.#drain();
  }

  async #drain() {
    this.#sending = true;
    for (let [item] = outbox(); item; [item] = outbox()) {
      try {
        const stored = await post(...PATHS[item.kind](item));
        this.#failures = 0;
        this.#drop(item);
        this.#on.sent(item, stored);
      } catch (problem) {
        if (problem.isPassing || problem.status === 401 || problem.kind === 'bad-csrf') {
          this.#failures += 1;
          this.#on.changed();
          const pause = problem.status === 429 ? problem.seconds * 1_000 : Math.min(LONGEST_PAUSE, 1_000 * 2 ** this.#failures);
          this.#timer = setTimeout(() => this.flush(), pause);
          break;
        }
        this.#drop(item);
        this.#on.refused(item, problem);
      }
    }
    this.#sending = false;
  }

  #drop({ id }) {
    keepOutbox(outbox().filter((item) => item.id !== id));
    this.#on.changed();
  }
}
