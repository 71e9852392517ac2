/**
 * The desk's live connection. It reconnects by itself; after each break `on.ready` is told, so that whoever shows
 * something asks for what was missed.
 */

const LONGEST_PAUSE = 15_000;
const HEART = 25_000;
const PATIENCE = 6_000;

export class Socket {
  #on;
  #socket = null;
  #failures = 0;
  #timer = null;
  #heard = 0;
  #watched = null;
  #ended = false;
  #isReady = false;

  /** `on.ready()`, `on.frame(frame)`, `on.status(isOnline)`, `on.signedOut()`, `on.barred()` where it does not even begin. */
  constructor(on) {
    this.#on = on;
    addEventListener('online', () => this.#now());
    addEventListener('offline', () => this.#lost());
    addEventListener('pageshow', ({ persisted }) => persisted && this.#probe());
    document.addEventListener('visibilitychange', () => document.hidden || this.#probe());
    setInterval(() => this.#probe(), HEART);
    this.#connect();
  }

  /** Follows a conversation from message `after` on; null follows none. */
  watch(conversation, after) {
    const before = this.#watched;
    this.#watched = conversation && { type: 'watch', conversation_id: conversation, after };
    if (this.#watched) this.#send(this.#watched);
    else if (before) this.#send({ type: 'unwatch' });
  }

  typing(conversation, on) {
    this.#send({ type: 'typing', conversation_id: conversation, on });
  }

  read(conversation, seq) {
    return this.#send({ type: 'read', conversation_id: conversation, seq });
  }

  /** Begins again, after somebody signed in. */
  restart() {
    this.#ended = false;
    this.#now();
  }

  #connect() {
    this.#timer = null;
    if (this.#ended || this.#socket) return;
    const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/desk/ws`);
    const giveUp = setTimeout(() => socket.readyState === WebSocket.CONNECTING && this.#drop(socket), PATIENCE);
    this.#socket = socket;
    socket.onclose = () => { clearTimeout(giveUp); this.#drop(socket); };
    socket.onmessage = ({ data }) => {
      this.#heard = Date.now();
      this.#hear(JSON.parse(data));
    };
  }

  #hear(frame) {
    if (frame.type === 'ready') {
      this.#isReady = true;
      this.#failures = 0;
      this.#on.status(true);
      this.#on.ready();
      if (this.#watched) this.#send(this.#watched);
    } else if (frame.type === 'signed_out') {
      this.#ended = true;
      this.#on.signedOut();
    } else if (frame.type !== 'pong') {
      this.#on.frame(frame);
    }
  }

  #send(frame) {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  /** A browser takes minutes to call a socket over a dead network closed. */
  #drop(socket) {
    socket.onclose = socket.onmessage = null;
    socket.close();
    if (this.#socket !== socket) return;
    this.#socket = null;
    if (!this.#isReady) this.#on.barred();
    this.#isReady = false;
    this.#on.status(false);
    const pause = Math.min(LONGEST_PAUSE, 400 * 2 ** this.#failures) * (0.75 + Math.random() / 2);
    this.#failures += 1;
    if (!this.#ended) this.#timer = setTimeout(() => this.#connect(), pause);
  }

  #lost() {
    if (this.#socket) this.#drop(this.#socket);
  }

  #now() {
    clearTimeout(this.#timer);
    this.#failures = 0;
    this.#connect();
  }

  /** After sleep a socket may be dead without knowing. */
  #probe() {
    const socket = this.#socket;
    if (socket?.readyState !== WebSocket.OPEN) return;
    const asked = Date.now();
    this.#send({ type: 'ping' });
    setTimeout(() => this.#heard < asked && this.#socket === socket && this.#drop(socket), PATIENCE);
  }
}
