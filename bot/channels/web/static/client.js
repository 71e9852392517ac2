/**
 * One conversation: sends over HTTP, listens on a WebSocket, polls where there is none. Words leave the store only when
 * the guide says that it has them; sent again they carry the same client_message_id, and each seq is shown once.
 */

export class Client {
  #api;
  #store;
  #on;
  #language;
  #seq = 0; // handed over up to here
  #ahead = new Map(); // by seq: came early, or may be one of ours
  #mine = new Map(); // seq to client_message_id
  #failures = 0;
  #renewals = 0;
  #notBefore = 0;
  #socketFrom = 0;
  #socketFailures = 0;
  #socket = null;
  #heard = 0;
  #draining = null;
  #wakeUp = () => {};
  #hangUp = () => {};
  #woken = false;
  #stopped = new AbortController();

  constructor({ api, store, language, on }) {
    this.#api = `${api}/api/v1/conversations`;
    this.#store = store;
    this.#language = language;
    this.#on = on;
  }

  /** What the guide is not known to have. */
  get outbox() {
    return this.#store.get('outbox') ?? [];
  }

  /** Whether the traveller has written anything in this conversation. */
  get begun() {
    return this.#store.get('begun') ?? false;
  }

  start() {
    const { signal } = this.#stopped;
    addEventListener('online', () => this.#wake(), { signal });
    addEventListener('offline', () => this.#wake(), { signal });
    addEventListener('pageshow', () => this.#probe(), { signal });
    document.addEventListener('visibilitychange', () => !document.hidden && this.#probe(), { signal });
    const heart = setInterval(() => this.#probe(), 25_000);
    signal.addEventListener('abort', () => clearInterval(heart));
    this.#run();
  }

  stop() {
    this.#stopped.abort();
    this.#wake();
  }

  /** Keeps `text` and sends it as soon as it can be. */
  send(text) {
    const item = { client_message_id: identifier(), text };
    this.#store.set({ outbox: [...this.outbox, item], begun: true });
    if (this.#store.get('id')) this.#flush().catch(() => this.#wake());
    else this.#wake();
    return item;
  }

  /** Leaves this conversation for a new one; what is still to be sent goes there. */
  begin(language) {
    this.#language = language;
    this.#forget();
    this.#failures = 0;
    this.#wake();
  }

  async #run() {
    while (!this.#stopped.signal.aborted) {
      let pause = 0;
      try {
        if (!this.#store.get('id')) await this.#create();
        await this.#flush();
        await this.#catchUp();
        this.#failures = this.#renewals = 0;
        if (Date.now() >= this.#notBefore) this.#on.status('online');
        pause = await this.#listen();
      } catch (error) {
        pause = this.#recover(error);
      }
      if (pause > 0 && !this.#woken) await this.#rest(pause);
      this.#woken = false;
    }
  }

  async #create() {
    const language = this.#language;
    const made = await this.#call('POST', '', { channel: 'web', language });
    if (language !== this.#language) return this.#create();
    this.#store.set({ id: made.conversation_id, token: made.token });
    this.#on.state(made.state, true);
    this.#receive(made.messages);
    return undefined;
  }

  async #catchUp() {
    const id = this.#store.get('id');
    if (!id) return;
    const { messages, state } = await this.#call('GET', `/${id}/messages?after=${this.#seq}`);
    if (id !== this.#store.get('id')) return;
    this.#receive(messages);
    this.#on.state(state);
  }

  #flush() {
    this.#draining ??= this.#drain().finally(() => { this.#draining = null; });
    return this.#draining;
  }

  async #drain() {
    while (this.outbox.length > 0 && Date.now() >= this.#notBefore) {
      const id = this.#store.get('id');
      if (!id) return;
      const [item] = this.outbox;
      this.#doubt(item, true);
      let answer;
      try {
        answer = await this.#call('POST', `/${id}/messages`, { text: item.text, client_message_id: item.client_message_id });
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        this.#doubt(item, false);
        if (error.status === 429) this.#hold(error.seconds);
        else if ([400, 413, 422].includes(error.status)) this.#finish(item, () => this.#on.refused(item, error));
        else throw error;
        continue;
      }
      if (id !== this.#store.get('id')) continue;
      const own = answer.messages.find(({ sender }) => sender === 'traveller');
      if (own) this.#mine.set(own.seq, item.client_message_id);
      this.#finish(item, () => this.#receive(answer.messages));
      this.#on.state(answer.state);
    }
  }

  #finish(item, then) {
    this.#store.set({ outbox: this.outbox.filter((other) => other.client_message_id !== item.client_message_id) });
    then();
    this.#release();
  }

  /** Marks what may be stored although no answer came. */
  #doubt(item, doubted) {
    const mark = (other) => (other.client_message_id === item.client_message_id ? { ...other, doubted } : other);
    this.#store.set({ outbox: this.outbox.map(mark) });
  }

  #hold(seconds) {
    this.#notBefore = Date.now() + seconds * 1_000;
    this.#on.status('busy', seconds);
    setTimeout(() => {
      this.#on.status('online');
      this.#flush().catch(() => this.#wake());
    }, seconds * 1_000 + 50);
  }

  #receive(messages = []) {
    for (const message of messages) if (message.seq > this.#seq) this.#ahead.set(message.seq, message);
    this.#release();
  }

  /** Hands over what follows without a gap. A traveller's words wait while they may be ours. */
  #release() {
    const ready = [];
    for (let message; (message = this.#ahead.get(this.#seq + 1)); this.#seq += 1) {
      const own = this.#mine.get(message.seq) ?? message.client_message_id;
      if (message.sender === 'traveller' && !own && this.outbox[0]?.doubted) break;
      this.#ahead.delete(message.seq);
      ready.push({ message, own });
    }
    if (ready.length > 0) this.#on.messages(ready);
  }

  /** Listens until the socket closes; returns the pause before the next round. */
  #listen() {
    const poll = document.hidden ? 20_000 : 3_000;
    if (Date.now() < this.#socketFrom || this.#stopped.signal.aborted) return poll;
    return new Promise((resolve, reject) => {
      const { id, token } = this.#store.all();
      const socket = new WebSocket(`${this.#api.replace(/^http/, 'ws')}/${id}/ws?after=${this.#seq}`);
      this.#socket = socket;
      let ready = false;
      let refused = 0;
      const end = ({ code } = {}) => {
        // A browser takes minutes to call a socket over a dead network closed.
        socket.onmessage = socket.onclose = null;
        socket.close();
        this.#socket = null;
        this.#hangUp = () => {};
        clearTimeout(giveUp);
        this.#on.typing(false);
        if (code === 4401 || refused === 401 || refused === 404) return reject(new Problem(401));
        if (ready) return resolve(jittered(500));
        this.#socketFailures += 1;
        this.#socketFrom = Date.now() + jittered(Math.min(60_000, 1_000 * 2 ** this.#socketFailures));
        return resolve(poll);
      };
      const giveUp = setTimeout(() => ready || end(), 5_000);
      this.#hangUp = end;
      socket.onclose = end;
      socket.onopen = () => socket.send(JSON.stringify({ type: 'auth', token }));
      socket.onmessage = ({ data }) => {
        const frame = JSON.parse(data);
        this.#heard = Date.now();
        if (frame.type === 'ready') [ready, this.#socketFailures] = [true, 0];
        if (frame.type === 'error') refused = frame.status;
        this.#hear(frame);
      };
    });
  }

  #hear(frame) {
    const { type, message, state } = frame;
    if (type === 'delivered') {
      this.#mine.set(frame.seq, frame.client_message_id);
      this.#release();
    }
    if (message) {
      this.#receive([message]);
      if (message.seq > this.#seq + this.#ahead.size) this.#catchUp().catch(() => this.#wake());
    }
    if (type === 'typing') this.#on.typing(frame.on);
    if (state) this.#on.state(state);
  }

  /** After sleep a socket may be dead without knowing. */
  #probe() {
    const socket = this.#socket;
    if (socket?.readyState !== WebSocket.OPEN) return this.#wakeUp();
    const asked = Date.now();
    socket.send('{"type":"ping"}');
    setTimeout(() => this.#heard < asked && this.#socket === socket && this.#wake(), 5_000);
    return undefined;
  }

  #recover(error) {
    if ([401, 404].includes(error.status) && this.#store.get('id')) {
      this.#forget();
      this.#on.renewed();
      this.#renewals += 1;
      if (this.#renewals === 1) return 0;
    }
    if (error.status === 429) {
      this.#on.status('busy', error.seconds);
      return error.seconds * 1_000;
    }
    this.#failures += 1;
    this.#on.status('offline');
    return jittered(Math.min(30_000, 500 * 2 ** this.#failures));
  }

  #forget() {
    this.#store.set({ id: null, token: null, begun: this.outbox.length > 0 });
    this.#seq = 0;
    this.#ahead.clear();
    this.#mine.clear();
  }

  async #call(method, path, body) {
    const token = this.#store.get('token');
    const answer = await fetch(this.#api + path, {
      method,
      headers: { 'Content-Type': 'application/json', ...(path && { Authorization: `Bearer ${token}` }) },
      body: body && JSON.stringify(body),
      cache: 'no-store',
      signal: AbortSignal.timeout(30_000),
    });
    if (!answer.ok) throw new Problem(answer.status, answer.headers.get('Retry-After'));
    return answer.json();
  }

  /** Cuts short whatever is waited for. */
  #wake() {
    this.#woken = true;
    this.#hangUp();
    this.#wakeUp();
  }

  #rest(milliseconds) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wakeUp = () => { clearTimeout(timer); resolve(); };
    });
  }
}

class Problem extends Error {
  constructor(status, seconds) {
    super(`the guide answered ${status}`);
    this.status = status;
    this.seconds = Math.min(300, Number(seconds) || 5);
  }
}

const jittered = (milliseconds) => milliseconds * (0.75 + Math.random() / 2);

// crypto.randomUUID is missing on plain-HTTP addresses.
const identifier = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

/**
 * What a tab remembers. sessionStorage survives reload and sleep and ends with the tab: on a shared computer the next
 * person must not find the token. Of messages only what is unsent is kept.
 */
export class Store {
  #key;
  #held;

  constructor(key) {
    this.#key = key;
    try {
      this.#held = JSON.parse(sessionStorage.getItem(key)) ?? {};
    } catch {
      this.#held = {}; // blocked: the conversation then lasts as long as the page
    }
  }

  get(name) {
    return this.#held[name];
  }

  all() {
    return this.#held;
  }

  set(changes) {
    Object.assign(this.#held, changes);
    try {
      sessionStorage.setItem(this.#key, JSON.stringify(this.#held));
    } catch {
      // Blocked or full: memory has it.
    }
  }
}
