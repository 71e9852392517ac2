/** The words of the interface in the language chosen, and how dates and lengths of time are written in it. */

import { fill, h, typed } from './dom.js';

const texts = {};
let chosen = 'en';
let ahead = 0; // milliseconds the server's clock is ahead of this one

/** Adds the words of `name`, a file of {key: {en, fr}}. */
export async function learn(name = 'texts.json') {
  const answer = await fetch(new URL(name, import.meta.url));
  if (!answer.ok) throw new Error(`${name} could not be loaded: ${answer.status}`);
  Object.assign(texts, await answer.json());
}

export function choose(language) {
  chosen = language;
  document.documentElement.lang = language;
}

export const language = () => chosen;
export const other = () => (chosen === 'en' ? 'fr' : 'en');
export const locale = () => `${chosen}-CA`;
export const has = (key) => key in texts;

/** The words of `key`; `{name}` in them stands for `values.name`. French marks stay on the line of their word. */
export function say(key, values = {}) {
  return bound(texts[key][chosen].replace(/\{(\w+)\}/g, (_, name) => values[name]));
}

/** The words of `key` in another language than the interface's, for what a traveller is told. */
export const sayIn = (wanted, key) => texts[key][wanted];

/** As `say`, as nodes: values are kept from turning the words around them. */
export function sayWith(key, values) {
  return texts[key][chosen].split(/(\{\w+\})/).map((part) => (
    part.startsWith('{') ? typed(String(values[part.slice(1, -1)])) : bound(part)));
}

const bound = (words) => words.replace(/(?<=«) | (?=[»:;?!])/g, '\u00a0');

const FORMATS = new Map();
const format = (options) => {
  const key = JSON.stringify([chosen, options]);
  if (!FORMATS.has(key)) FORMATS.set(key, new Intl.DateTimeFormat(locale(), options));
  return FORMATS.get(key);
};

// In French an hour has no zero before it: 9 h 00.
const written = (words) => words.replace(/\b0(?=\d\sh)/, '');

export const time = (instant) => written(format({ timeStyle: 'short' }).format(new Date(instant)));
export const moment = (instant) => written(format({ dateStyle: 'medium', timeStyle: 'short' }).format(new Date(instant)));
export const dayOf = (instant) => format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).format(new Date(instant));

/** A calendar date has no zone and must not move with the reader's. */
export const date = (day) => format({ dateStyle: 'long', timeZone: 'UTC' }).format(new Date(day));

/** An instant as the place with this offset wrote it, for a departure or an interview. */
export function local(iso) {
  const [, day, clock] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/.exec(iso) ?? [];
  return day ? written(format({ dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' }).format(new Date(`${day}T${clock}Z`))) : iso;
}

/** Tells the server's now, once it is known; waiting is measured by its clock. */
export const setNow = (instant) => { ahead = instant ? Date.parse(instant) - Date.now() : 0; };
export const now = () => Date.now() + ahead;

/** How long ago, in as few signs as a list has room for. */
export function ago(instant) {
  const minutes = Math.max(0, Math.floor((now() - Date.parse(instant)) / 60_000));
  if (minutes < 1) return say('just_now');
  if (minutes < 60) return say('minutes', { n: minutes });
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return say('hours', { h: hours, m: String(minutes % 60).padStart(2, '0') });
  return say('days', { n: Math.floor(hours / 24) });
}

const tickers = new Set();
let ticking = null;

/** A time element that stays right while it is shown. */
export function since(instant, words = (span) => span) {
  const node = h('time', { datetime: instant, title: moment(instant) });
  const tick = () => {
    const text = words(ago(instant));
    if (node.textContent !== text) fill(node, text);
  };
  tick();
  tickers.add({ node: new WeakRef(node), tick: new WeakRef(tick) });
  node.tick = tick;
  ticking ??= setInterval(tickAll, 10_000);
  return node;
}

function tickAll() {
  for (const ticker of tickers) {
    if (ticker.node.deref() === undefined) tickers.delete(ticker);
    else ticker.tick.deref()?.();
  }
}
