/** Elements and icons. Text only becomes text nodes, so nothing anybody wrote is markup. */

const SVG = 'http://www.w3.org/2000/svg';

const ICONS = {
  inbox: 'M4 13l2.5-8h11L20 13v6H4zM4 13h5l1 2.5h4L15 13h5',
  search: 'M10.5 17a6.5 6.5 0 1 1 0-13 6.5 6.5 0 0 1 0 13zM15.5 15.5L20 20',
  close: 'M6 6l12 12M18 6L6 18',
  send: 'M12 19V5M6 11l6-6 6 6',
  down: 'M12 5v14M6 13l6 6 6-6',
  back: 'M19 12H5M11 6l-6 6 6 6',
  plane: 'M11 9V4.5a1 1 0 0 1 2 0V9l8 5v2l-8-2.5V18l2 1.5V21l-3-1-3 1v-1.5l2-1.5v-4.5L3 16v-2z',
  yes: 'M5 12.5l5 5L19 7',
  not_yet: 'M12 5v8l5 3',
  no: 'M7 7l10 10M17 7L7 17',
  cannot_tell: 'M8.5 9a3.5 3.5 0 1 1 5.2 3c-1.2.7-1.7 1.2-1.7 2.5M12 18v.5',
  clock: 'M12 20a8 8 0 1 1 0-16 8 8 0 0 1 0 16zM12 8v4.5l3 2',
  moon: 'M19 14.5A7.5 7.5 0 0 1 9.5 5a7.5 7.5 0 1 0 9.5 9.5z',
  hand: 'M9 11V5.5a1.5 1.5 0 0 1 3 0V11V4.5a1.5 1.5 0 0 1 3 0V12V7a1.5 1.5 0 0 1 3 0v8a6 6 0 0 1-6 6c-3 0-4.5-1.5-6-4.5L4.6 13a1.5 1.5 0 0 1 2.6-1.5L9 14',
  person: 'M12 12a4 4 0 1 1 0-8 4 4 0 0 1 0 8zM4.5 20c.6-3.6 3.6-5.5 7.5-5.5s6.9 1.9 7.5 5.5',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  bell: 'M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15zM10 20.5h4',
  keys: 'M3.5 7h17v10h-17zM7 10.5h.01M10.3 10.5h.01M13.7 10.5h.01M17 10.5h.01M8.5 14h7',
  give: 'M10 6L4.5 11.5 10 17M4.5 11.5H14a5.5 5.5 0 0 1 5.5 5.5v2',
  done: 'M12 20a8 8 0 1 1 0-16 8 8 0 0 1 0 16zM8.5 12.200l2.5 2.5 4.5-5',
  note: 'M5 4h14v11l-5 5H5zM14 20v-5h5',
  reply: 'M4 5h16v11H11l-5 4v-4H4z',
  book: 'M5 4.5h11a3 3 0 0 1 3 3v12H8a3 3 0 0 1-3-3zM9 9h6M9 12.5h6',
  file: 'M6 3.5h8l4 4v13H6zM14 3.5v4h4M9 12h6M9 15.5h6',
  plus: 'M12 5v14M5 12h14',
  sliders: 'M4 8h9M17 8h3M4 16h3M11 16h9M15 5.5v5M9 13.5v5',
  guide: 'M9.5 17.5a5.5 5.5 0 1 1 0-11 5.5 5.5 0 0 1 0 11zM14.5 17.5a5.5 5.5 0 1 1 0-11 5.5 5.5 0 0 1 0 11z',
};

/** An element; null and false children are left out, `on…` attributes are listeners. */
export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (value != null && value !== false) node.setAttribute(name, value === true ? '' : value);
  }
  fill(node, ...children);
  return node;
}

/** Puts children in place of what an element holds. */
export function fill(node, ...children) {
  node.replaceChildren(...children.flat(Infinity).filter((child) => child != null && child !== false));
  return node;
}

/** A drawing beside words that say the same; hidden from screen readers. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  const path = document.createElementNS(SVG, 'path');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  path.setAttribute('d', ICONS[name]);
  svg.append(path);
  return svg;
}

/** Words for screen readers only. */
export const unseen = (words) => h('span', { class: 'unseen' }, words);

/** What a person typed, kept from turning the words around it. */
export const typed = (words, tag = 'bdi') => h(tag, { dir: 'auto' }, words);

/** `url` unless it is of a kind like `javascript:`. */
export function followable(url) {
  if (!url || !URL.canParse(url)) return null;
  const parsed = new URL(url);
  return ['http:', 'https:'].includes(parsed.protocol) ? parsed.href : null;
}
