/** Elements, words and dates. Text becomes text nodes only, so no message is markup. */

const SVG = 'http://www.w3.org/2000/svg';

const ICONS = {
  ask: 'M4 5h16v11H11l-5 4v-4H4zM9 10h6',
  send: 'M12 19V5M6 11l6-6 6 6',
  down: 'M12 5v14M6 13l6 6 6-6',
  out: 'M14 5h5v5M19 5l-8 8M17 14v5H5V7h5',
  plane: 'M11 9V4.5a1 1 0 0 1 2 0V9l8 5v2l-8-2.5V18l2 1.5V21l-3-1-3 1v-1.5l2-1.5v-4.5L3 16v-2z',
  yes: 'M5 12.5l5 5L19 7',
  not_yet: 'M12 5v8l5 3',
  no: 'M7 7l10 10M17 7L7 17',
  cannot_tell: 'M8.5 9a3.5 3.5 0 1 1 5.2 3c-1.2.7-1.7 1.2-1.7 2.5M12 18v.5',
};

/** An element; null and false children are left out. */
export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (value != null && value !== false) node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.flat().filter((child) => child != null && child !== false).map(bound));
  return node;
}

// French marks stay on the line of their word.
const bound = (child) => (typeof child === 'string' ? child.replace(/(?<=«) | (?=[»:;?!])/g, '\u00a0') : child);

export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  const path = document.createElementNS(SVG, 'path');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  path.setAttribute('d', ICONS[name]);
  svg.append(path);
  return svg;
}

export const button = (name, onclick, ...children) => h('button', { type: 'button', class: name, onclick }, ...children);

export const unseen = (words) => h('span', { class: 'unseen' }, words);

export const outside = (href, words, attributes) => h('a', { href, target: '_blank', rel: 'noopener', ...attributes }, words);

export const newTab = (language) => unseen(` ${say(language, 'new_tab')}`);

let words = {};

export function learn(texts) {
  words = texts;
}

export function say(language, key, values = {}) {
  return words[key][language].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

export const locale = (language) => `${language}-CA`;

/** A calendar date has no zone and must not move with the reader's. */
export function day(language, date) {
  return new Intl.DateTimeFormat(locale(language), { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(date));
}

export function time(language, instant) {
  return new Intl.DateTimeFormat(locale(language), { timeStyle: 'short' }).format(new Date(instant)).replace(/^0/, '');
}

/** `url` unless it is of a kind like `javascript:`. */
export function followable(url) {
  const parsed = url && URL.canParse(url, location) && new URL(url, location);
  return /^https?:$/.test(parsed?.protocol) ? parsed.href : null;
}
