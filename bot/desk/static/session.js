/**
 * Who is signed in. Every page begins with `begin()`, which shows the way in where nobody is; when a session ends while
 * the page is open, the way in covers it, and what was being written stands underneath, untouched.
 */

import { get, post, setCsrf, whenForged, whenSignedOut } from './api.js';
import { h } from './dom.js';
import { wayIn } from './sign_in.js';
import { choose, learn, say, setNow } from './words.js';

const KEPT_LANGUAGE = 'desk:language';
let session = null;
let asking = null;
const returns = new Set();

export const current = () => session;

/** Tells `listener` whenever somebody has signed in again on an open page. */
export const whenBack = (listener) => returns.add(listener);

/** Loads the words (those of `files` too) and gives the session of whoever is signed in. */
export async function begin(...files) {
  whenForged(renew);
  await Promise.all(['texts.json', ...files].map((file) => learn(file)));
  choose(sessionStorage.getItem(KEPT_LANGUAGE) ?? (navigator.language.startsWith('fr') ? 'fr' : 'en'));
  for (;;) {
    try {
      take(await get('session'));
      break;
    } catch (problem) {
      await retry(problem);
    }
  }
  if (!isIn()) await ask();
  whenSignedOut(() => ask());
  return session;
}

/** Chooses the language for this tab and, for whoever is signed in, for good. */
export async function speak(language) {
  sessionStorage.setItem(KEPT_LANGUAGE, language);
  if (isIn()) await post('account/language', { language });
}

export async function signOut() {
  await post('sign-out');
  forget();
  location.assign('/desk');
}

/** Another tab may have signed in as somebody else: nothing is sent in their name. */
async function renew() {
  const before = session?.staff?.id;
  take(await get('session'));
  if (!before || session.staff?.id === before) return true;
  if (isIn()) location.reload();
  else ask();
  return false;
}

/** Shows the way in until somebody is in; one at a time. */
export function ask() {
  asking ??= enter().finally(() => { asking = null; });
  return asking;
}

async function enter() {
  const before = session?.staff?.id ?? null;
  try {
    take(await get('session')); // the token of the ended session is of no use
  } catch {
    // the form says so when it is sent
  }
  const page = [...document.body.children].filter((node) => !node.inert);
  for (const node of page) node.inert = true;
  document.documentElement.classList.add('covered');
  const focused = document.activeElement;
  while (!isIn()) {
    const form = wayIn(session);
    document.body.append(form.node);
    form.focus();
    await form.done;
    form.node.remove();
    take(await get('session'));
  }
  for (const node of page) node.inert = false;
  document.documentElement.classList.remove('covered');
  if (before && before !== session.staff.id) {
    forget();
    location.reload();
    return;
  }
  focused?.focus?.();
  for (const listener of returns) listener();
}

function take(answer) {
  session = answer;
  setCsrf(answer.csrf);
  setNow(answer.now);
  if (answer.staff && !sessionStorage.getItem(KEPT_LANGUAGE)) choose(answer.staff.language);
}

const isIn = () => session?.signed_in && !session.second_factor_due && !session.password_due;

/** What one person wrote is not for the next. */
function forget() {
  const kept = sessionStorage.getItem(KEPT_LANGUAGE);
  sessionStorage.clear();
  if (kept) sessionStorage.setItem(KEPT_LANGUAGE, kept);
}

function retry(problem) {
  return new Promise((resolve) => {
    const node = h('main', { class: 'way-in' }, h('div', { class: 'sheet' }, h('p', { role: 'alert' }, problem.words ?? String(problem)),
      h('button', { type: 'button', class: 'button', onclick: () => { node.remove(); resolve(); } }, say('try_again'))));
    document.body.append(node);
  });
}
