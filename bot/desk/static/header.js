/** The bar above every page of the desk: where one can go, whether people are expected at work, language, account. */

import { fill, h, icon } from './dom.js';
import { toast, toaster, words } from './forms.js';
import { current, signOut, speak } from './session.js';
import { moment, other, say } from './words.js';

const PAGES = [
  { key: 'desk', href: '/desk', of: ['agent', 'supervisor', 'administrator'] },
  { key: 'reports', href: '/desk/reports', of: ['supervisor', 'administrator'] },
  { key: 'audit', href: '/desk/audit', of: ['supervisor', 'administrator'] },
];

/** The bar, with `page` marked as the one that is open and `extras` (buttons) before the language. */
export function header(page, ...extras) {
  const { staff, staffed } = current();
  return h('header', { class: 'bar' },
    h('a', { class: 'skip', href: '#main' }, say('skip')),
    h('p', { class: 'brand' }, icon('guide'), h('span', {}, say('brand'))),
    h('nav', { class: 'pages', 'aria-label': say('pages') }, PAGES.filter(({ of }) => of.includes(staff.role)).map(({ key, href }) => (
      h('a', { href, 'aria-current': key === page && 'page' }, say(`page_${key}`))))),
    h('div', { class: 'bar-end' },
      staffed && h('p', { class: `hours ${staffed.open ? 'open' : ''}`, title: hours(staffed) }, h('i', { 'aria-hidden': 'true' }), say(staffed.open ? 'hours_open' : 'hours_closed')),
      extras,
      h('button', { type: 'button', class: 'quiet', lang: other(), onclick: () => switchLanguage() }, say('other_language')),
      account(page, staff)));
}

const hours = ({ open, next_opening: next }) => (open ? say('hours_open_long') : next ? say('hours_next', { at: moment(next) }) : say('hours_closed'));

function account(page, staff) {
  const menu = h('details', { class: 'menu' },
    h('summary', { class: 'quiet', 'aria-label': say('account_of', { name: staff.name }) },
      h('span', { class: 'face', 'aria-hidden': 'true' }, initials(staff.name)), h('bdi', { class: 'face-name' }, staff.name)),
    h('div', { class: 'menu-sheet' },
      h('p', { class: 'menu-who' }, h('bdi', {}, staff.name), h('small', {}, say(`role_${staff.role}`))),
      h('a', { href: '/desk/account', 'aria-current': page === 'account' && 'page' }, say('page_account')),
      h('button', { type: 'button', onclick: () => signOut().catch((error) => toast(words(error), 'bad')) }, say('sign_out'))));
  menu.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !menu.open) return;
    menu.open = false;
    menu.firstElementChild.focus();
    event.stopPropagation();
  });
  document.addEventListener('click', (event) => { if (!menu.contains(event.target)) menu.open = false; });
  return menu;
}

async function switchLanguage() {
  try {
    await speak(other());
    location.reload();
  } catch (error) {
    toast(words(error), 'bad');
  }
}

/** Two letters for a name. */
export const initials = (name) => name.split(/[\s-]+/).filter(Boolean).map((part) => [...part][0]).slice(0, 2).join('').toUpperCase();

/** A whole page of the desk: the bar, then `main`. */
export function page(key, title, main, ...extras) {
  document.title = `${title} – ${say('brand')}`;
  fill(document.body, header(key, ...extras), main, toaster);
}
