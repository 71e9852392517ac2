/**
 * One conversation with the guide: sends over HTTP, listens on a WebSocket, asks again over HTTP where there is none.
 *
 * Nothing is lost: what is to be sent is stored before it is sent, and leaves the store only when the guide says that it
 * has it. Nothing doubles: a repeated message carries the same client_message_id, and a message is shown once per seq.
 */

const POLL = { visible: 3_000, hidden: 20_000 };
const LONGEST_PAUSE = 30_000;
const HEARTBEAT = 25_000;

export class Client {
  #api;
  #store;
  #on;
  #language;
  #seq = 0; // all messages up to here have been handed over
  #ahead = new Map(); // seq to message: came early, or may be one of ours
  #mine = new Map(); // seq to client_message_id
  #proved = false; // the guide has accepted this conversation's token since the page was loaded
  #failures = 0;
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

  /** `store` keeps {id, token, outbox, begun}; `on` has messages, state, typing, status, refused and renewed. */
  constructor({ api, store, language, on }) {
    this.#api = `${api}/api/v1/conversations`;
    this.#store = store;
    this.#language = language;
    this.#on = on;
  }

  /** Messages kept here that are not known to be stored. */
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
    const heart = setInterval(() => this.#probe(), HEARTBEAT);
    signal.addEventListener('abort', () => clearInterval(heart));
    this.#run();
  }

  stop() {
    this.#stopped.abort();
    this.#wake();
  }

  /** Keeps `text` and sends it as soon as it can be; returns the entry of the outbox. */
  send(text) {
    const item = { client_message_id: identifier(), text };
    this.#store.set({ outbox: [...this.outbox, item], begun: true });
    if (this.#store.get('id')) this.#flush().catch(() => this.#wake());
    else this.#wake();
    return item;
  }

  /** Leaves this conversation for a new one in `language`; what is still to be sent goes there. */
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
        this.#failures = 0;
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
    this.#proved = true;
    this.#receive(messages);
    if (state) this.#on.state(state);
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
      this.#proved = true;
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

  /** Marks an entry whose fate is unknown: it may be stored although no answer came. */
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

  /** Hands over what follows without a gap. A traveller's message waits while it may be one that is still in the outbox. */
  #release() {
    const ready = [];
    for (let message; (message = this.#ahead.get(this.#seq + 1)); this.#seq += 1) {
      const own = this.#mine.get(message.seq) ?? message.client_message_id;
      if (message.sender === 'traveller' && !own && this.outbox[0]?.doubted) break;
      this.#ahead.delete(message.seq);
      ready.push({ message, own });
    }
    if (ready.some(({ message }) => message.sender === 'traveller') && !this.begun) this.#store.set({ begun: true });
    if (ready.length > 0) this.#on.messages(ready);
  }

  /** Listens until the socket closes; returns the pause in milliseconds before the next round. */
  #listen() {
    const poll = POLL[document.hidden ? 'hidden' : 'visible'];
    if (Date.now() < this.#socketFrom || this.#stopped.signal.aborted) return poll;
    return new Promise((resolve, reject) => {
      const { id, token } = this.#store.all();
      const socket = new WebSocket(`${this.#api.replace(/^http/, 'ws')}/${id}/ws?after=${this.#seq}`);
      this.#socket = socket;
      let ready = false;
      let refused = 0;
      const end = ({ code } = {}) => {
        // Not left to the browser: over a dead network it takes minutes to call a socket closed.
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
    if (frame.type === 'delivered') {
      this.#mine.set(frame.seq, frame.client_message_id);
      this.#release();
    }
    if (frame.type === 'message') this.#receive([frame.message]);
    if (frame.type === 'message' && frame.message.seq > this.#seq + this.#ahead.size) this.#catchUp().catch(() => this.#wake());
    if (frame.type === 'typing') this.#on.typing(frame.on, frame.sender);
    if ((frame.type === 'state' || frame.type === 'ready') && frame.state) this.#on.state(frame.state);
  }

  /** Asks the socket whether it is alive: after sleep it may be dead without knowing. */
  #probe() {
    const socket = this.#socket;
    if (socket?.readyState !== WebSocket.OPEN) return this.#wakeUp();
    const asked = Date.now();
    socket.send('{"type":"ping"}');
    setTimeout(() => this.#heard < asked && this.#socket === socket && this.#wake(), 5_000);
    return undefined;
  }

  #recover(error) {
    const gone = error instanceof Problem && [401, 404, 409, 410].includes(error.status) && this.#store.get('id');
    if (gone) {
      const known = this.#proved || this.#failures === 0;
      this.#forget();
      this.#on.renewed();
      if (known) {
        this.#failures += 1;
        return 0;
      }
    }
    this.#failures += 1;
    if (error instanceof Problem && error.status === 429) {
      this.#on.status('busy', error.seconds);
      return error.seconds * 1_000;
    }
    this.#on.status('offline');
    return jittered(Math.min(LONGEST_PAUSE, 500 * 2 ** this.#failures));
  }

  #forget() {
    this.#store.set({ id: null, token: null, begun: this.outbox.length > 0 });
    this.#seq = 0;
    this.#proved = false;
    this.#ahead.clear();
    this.#mine.clear();
  }

  async #call(method, path, body) {
    const token = this.#store.get('token');
    const answer = await fetch(this.#api + path, {
      method,
      headers: { ...(body && { 'Content-Type': 'application/json' }), ...(path && { Authorization: `Bearer ${token}` }) },
      body: body && JSON.stringify(body),
      cache: 'no-store',
      credentials: 'omit',
      signal: AbortSignal.timeout(30_000),
    });
    if (!answer.ok) throw new Problem(answer.status, answer.headers.get('Retry-After'));
    return answer.json();
  }

  /** Cuts the current wait short, whatever it waits for. */
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

/** An answer that is not 2xx. `seconds` is how long to wait before asking again. */
class Problem extends Error {
  constructor(status, retryAfter) {
    super(`the guide answered ${status}`);
    this.status = status;
    const seconds = Number(retryAfter) || (Date.parse(retryAfter) - Date.now()) / 1_000 || 5;
    this.seconds = Math.min(300, Math.max(1, Math.ceil(seconds)));
  }
}

const jittered = (milliseconds) => milliseconds * (0.75 + Math.random() / 2);

// crypto.randomUUID exists in secure contexts only, and a try-out on a plain-HTTP address must work too.
const identifier = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

/**
 * What a tab remembers of its conversation.
 *
 * In sessionStorage, not localStorage: the token opens the conversation, and on a shared computer the next person must
 * not find it. It survives reload and sleep, and ends with the tab. Messages themselves are never kept here, only what
 * could not be sent yet and the draft.
 */
export class Store {
  #key;
  #held;

  constructor(key) {
    this.#key = key;
    try {
      this.#held = JSON.parse(sessionStorage.getItem(key)) ?? {};
    } catch {
      this.#held = {}; // storage is blocked or was spoiled: the conversation then lasts as long as the page
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
      // As above: blocked or full, and memory still has it.
    }
  }
}
