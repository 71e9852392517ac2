/** Calls to the desk's API. What goes wrong is a Problem that can be told in words. */

import { has, say } from './words.js';

const BASE = '/desk/api/';
let csrf = '';
let signedOut = () => {};
let renew = async () => false;

/** Sets what every changing call must carry. */
export const setCsrf = (token) => { csrf = token ?? ''; };

/** Says whom to tell when a call finds the session over. */
export const whenSignedOut = (listener) => { signedOut = listener; };

/** Says who gets a fresh token when a call's is old, as after signing in elsewhere; gives whether it may be tried again. */
export const whenForged = (listener) => { renew = listener; };

/** What the server refused, or `status` 0 where it could not be reached. */
export class Problem extends Error {
  constructor(status, details = {}, retryAfter = null) {
    super(details.detail ?? `the desk answered ${status}`);
    this.status = status;
    this.kind = (details.type ?? '').split(':').pop();
    this.details = details;
    this.seconds = Math.min(300, Number(retryAfter) || 5);
  }

  get isPassing() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }

  /** What happened and what to do, in words. */
  get words() {
    const name = this.details.assignee?.name ?? this.details.assignee;
    if (this.status === 409 && name) return say('taken_by', { name });
    const faults = this.kind === 'wrong-field' ? faultsOf(this.details.errors ?? []) : '';
    if (faults) return faults;
    for (const key of [`problem_${this.kind.replaceAll('-', '_')}`, `problem_${this.status}`]) {
      if (has(key)) return say(key, { n: this.seconds, detail: this.details.detail });
    }
    return say(this.status >= 500 ? 'problem_500' : 'problem_other', { detail: this.details.detail ?? this.status });
  }
}

/** What is wrong with each field, once each; empty where one of them has no words of its own. */
function faultsOf(errors) {
  const places = errors.map(({ field }) => /^(?:segments\[(\d+)\]\.)?(\w+)$/.exec(field));
  if (!places.every((place) => place && has(`fault_${place[2]}`))) return '';
  const isFaulty = (name) => places.some(([whole]) => whole === name);
  // A departure cannot be read while the place it is from is unknown.
  const told = places.filter(([whole, , name]) => name !== 'departs_at' || !isFaulty(whole.replace('departs_at', 'origin')));
  return [...new Set(told.map(([, leg, name]) => (leg > 0 ? say('segment', { n: Number(leg) + 1 }) + say('colon') : '') + say(`fault_${name}`)))].join(' ');
}

export const get = (path, query = {}) => call('GET', path, query);
export const post = (path, body = {}) => call('POST', path, {}, body);

/** As `get`, for what the page asks by itself: it does not keep the session of somebody who is away. */
export const follow = (path, query = {}) => call('GET', path, query, undefined, { 'X-Unattended': '1' });

async function call(method, path, query, body, headers = {}, isSecond = false) {
  const asked = new URLSearchParams(Object.entries(query).filter(([, value]) => value != null && value !== ''));
  let answer;
  let text;
  try {
    answer = await fetch(`${BASE}${path}${asked.size > 0 ? `?${asked}` : ''}`, {
      method,
      headers: { ...headers, ...(body && { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf }) },
      body: body && JSON.stringify(body),
      cache: 'no-store',
      signal: AbortSignal.timeout(20_000),
    });
    text = await answer.text();
  } catch {
    throw new Problem(0);
  }
  if (answer.ok) return text === '' ? null : JSON.parse(text);
  const problem = new Problem(answer.status, details(text), answer.headers.get('Retry-After'));
  if (problem.kind === 'bad-csrf' && !isSecond && (await renew())) return call(method, path, query, body, headers, true);
  const isOut = answer.status === 401 || problem.kind === 'password-change-due';
  if (isOut && !path.startsWith('sign-')) signedOut();
  throw problem;
}

function details(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {}; // a proxy's page
  }
}

/** An id that makes sending twice harmless. (crypto.randomUUID is missing on plain-HTTP addresses.) */
export const identifier = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
