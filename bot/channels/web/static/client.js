/**
 * One conversation: sends over HTTP, listens on a WebSocket or polls. Words stay in the store until the guide has them;
 * sent again they carry the same client_message_id. Each seq is shown once.
 */

export class Client {
  #api;
  #store;
  #on;
  #language;
  #seq = 0; // handed over up to here
  #ahead = new Map(); // by seq: came early
  #failures = 0;
  #renewals = 0;
  #notBefore = 0;
  #socketFrom = 0;
  #socketFailures = 0;
  #seen = 0;
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

  /** Whether the traveller has written in this conversation. */
  get begun() {
    return this.#store.get('begun') ?? false;
  }

  start() {
    const { signal } = this.#stopped;
    addEventListener('online', () => this.#wake(), { signal });
    addEventListener('offline', () => this.#wake(), { signal });
    addEventListener('pageshow', () => this.#probe(), { signal });
    document.addEventListener('visibilitychange', () => {
      this.#tellSeen();
      if (!document.hidden) this.#probe();
    }, { signal });
    const heart = setInterval(() => this.#probe(), 25_000);
    signal.addEventListener('abort', () => clearInterval(heart));
    this.#run();
  }

  stop() {
    this.#stopped.abort();
    this.#wake();
  }

  /** Keeps `text` and sends it as soon as possible. */
  send(text) {
    const item = { client_message_id: identifier(), text };
    this.#store.set({ outbox: [...this.outbox, item], begun: true });
    if (this.#store.get('id')) this.#flush().catch(() => this.#wake());
    else this.#wake();
    return item;
  }

  /** A sign only: it may be lost. */
  typing(on) {
    this.#signal({ type: 'typing', on });
  }

  /** Message `seq` is in view: it is read once the page is. */
  seen(seq) {
    this.#seen = Math.max(this.#seen, seq);
    this.#tellSeen();
  }

  #tellSeen() {
    if (this.#seen && !document.hidden) this.#signal({ type: 'read', seq: this.#seen });
  }

  /** Tells whether there was a socket for the frame. */
  #signal(frame) {
    const open = this.#socket?.readyState === WebSocket.OPEN;
    if (open) this.#socket.send(JSON.stringify(frame));
    return open;
  }

  /** Leaves for a new conversation, and takes the unsent along. */
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
    this.#on.state(made.state);
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
      let answer;
      try {
        answer = await this.#call('POST', `/${id}/messages`, item);
      } catch (error) {
        if (!error.status) throw error;
        if (error.status === 429) this.#hold(error.seconds);
        else if ([400, 413, 422].includes(error.status)) {
          this.#finish(item);
          this.#on.refused(item);
        } else throw error;
        continue;
      }
      if (id !== this.#store.get('id')) continue;
      this.#finish(item);
      this.#receive(answer.messages);
      this.#on.state(answer.state);
    }
  }

  #finish(item) {
    this.#store.set({ outbox: this.outbox.filter((other) => other.client_message_id !== item.client_message_id) });
  }

  #hold(seconds) {
    this.#notBefore = Date.now() + seconds * 1_000;
    this.#on.status('busy', seconds);
    setTimeout(() => {
      this.#on.status('online');
      this.#flush().catch(() => this.#wake());
    }, seconds * 1_000 + 50);
  }

  /** Hands over what follows without a gap. */
  #receive(messages) {
    for (const message of messages) if (message.seq > this.#seq) this.#ahead.set(message.seq, message);
    const ready = [];
    for (let message; (message = this.#ahead.get(this.#seq + 1)); this.#seq += 1) {
      this.#ahead.delete(message.seq);
      ready.push(message);
    }
    if (ready.length > 0) this.#on.messages(ready);
  }

  /** Listens until the socket closes; gives the pause that follows. */
  #listen() {
    const poll = document.hidden ? 20_000 : 3_000;
    if (Date.now() < this.#socketFrom || this.#stopped.signal.aborted) return poll;
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(`${this.#api.replace(/^http/, 'ws')}/${this.#store.get('id')}/ws?after=${this.#seq}`);
      this.#socket = socket;
      let ready = false;
      const end = ({ code } = {}) => {
        // Over a dead network a browser takes minutes to close.
        socket.onmessage = socket.onclose = null;
        socket.close();
        this.#socket = null;
        this.#hangUp = () => {};
        clearTimeout(giveUp);
        this.#on.typing(false);
        if ([4401, 4404].includes(code)) return reject(problem(401));
        if (ready) return resolve(jittered(500));
        this.#socketFailures += 1;
        this.#socketFrom = Date.now() + jittered(Math.min(60_000, 1_000 * 2 ** this.#socketFailures));
        return resolve(poll);
      };
      const giveUp = setTimeout(() => ready || end(), 5_000);
      this.#hangUp = end;
      socket.onclose = end;
      socket.onopen = () => this.#signal({ type: 'auth', token: this.#store.get('token') });
      socket.onmessage = ({ data }) => {
        const frame = JSON.parse(data);
        this.#heard = Date.now();
        if (frame.type === 'ready') {
          ready = true;
          this.#socketFailures = 0;
          this.#tellSeen();
        }
        this.#hear(frame);
      };
    });
  }

  #hear(frame) {
    const { type, message, state, sender } = frame;
    if (message) {
      this.#receive([message]);
      if (message.seq > this.#seq + this.#ahead.size) this.#catchUp().catch(() => this.#wake());
    }
    if (type === 'typing') this.#on.typing(frame.on, sender);
    const read = frame.by === 'staff' ? frame.seq : frame.staff_read_seq;
    if (read) this.#on.read(read);
    if (state) this.#on.state(state);
  }

  /** After sleep a socket may be dead without knowing. */
  #probe() {
    const socket = this.#socket;
    const asked = Date.now();
    if (!this.#signal({ type: 'ping' })) return this.#wakeUp();
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
    this.#seq = this.#seen = 0;
    this.#ahead.clear();
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
    if (!answer.ok) throw problem(answer.status, answer.headers.get('Retry-After'));
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

const problem = (status, seconds) => Object.assign(new Error(`the guide answered ${status}`), { status, seconds: Math.min(300, Number(seconds) || 5) });

const jittered = (milliseconds) => milliseconds * (0.75 + Math.random() / 2);

// crypto.randomUUID is missing on plain-HTTP addresses.
const identifier = () => crypto.getRandomValues(new Uint32Array(4)).join('-');

/**
 * What a tab remembers: sessionStorage survives reload and ends with the tab, since on a shared computer the next
 * person must not find the token. Of messages only the unsent are kept.
 */
export class Store {
  #key;
  #held;

  constructor(key) {
    this.#key = key;
    try {
      this.#held = JSON.parse(sessionStorage.getItem(key)) ?? {};
    } catch {
      this.#held = {}; // blocked: lasts as long as the page
    }
  }

  get(name) {
    return this.#held[name];
  }

  set(changes) {
    Object.assign(this.#held, changes);
    try {
      sessionStorage.setItem(this.#key, JSON.stringify(this.#held));
    } catch {
      // Memory has it.
    }
  }
}
