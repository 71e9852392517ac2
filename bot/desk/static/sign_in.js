/** The way in: e-mail and password, then the second factor or a new password where one is due; or somebody else's word. */

import { post } from './api.js';
import { fill, h, icon } from './dom.js';
import { field, problemLine } from './forms.js';
import { choose, has, language, other, say } from './words.js';

const LEAST = 12;

/** The form for what `session` says is due; `done` is fulfilled when that step is taken. */
export function wayIn(session) {
  let resolve;
  const done = new Promise((fulfil) => { resolve = fulfil; });
  const node = h('main', { class: 'way-in' });
  const draw = () => {
    const step = steps(session, resolve);
    fill(node, h('div', { class: 'sheet' },
      h('p', { class: 'brand' }, icon('guide'), say('brand')),
      h('h1', {}, step.title), step.intro && h('p', { class: 'soft' }, step.intro), step.body),
    h('button', { type: 'button', class: 'quiet', lang: other(), onclick: () => {
      choose(other());
      sessionStorage.setItem('desk:language', language());
      draw();
      focus();
    } }, say('other_language')));
    document.title = `${step.title} – ${say('brand')}`;
  };
  const focus = () => node.querySelector('input')?.focus();
  draw();
  return { node, done, focus };
}

function steps(session, resolve) {
  if (session?.second_factor_due) return secondFactor(resolve);
  if (session?.signed_in && session.password_due) return newPassword(resolve);
  return password(session, resolve);
}

function password(session, resolve) {
  const email = field(say('email'), { type: 'email', name: 'email', autocomplete: 'username', required: true });
  const word = field(say('password'), { type: 'password', name: 'password', autocomplete: 'current-password', required: true });
  const label = session?.oidc?.label;
  const asked = new URLSearchParams(location.search);
  const reason = asked.get('reason');
  return {
    title: say('sign_in'),
    body: [
      asked.has('refused') && h('p', { class: 'problem', role: 'alert' }, say(has(`oidc_${reason}`) ? `oidc_${reason}` : 'oidc_provider')),
      form([email, word], say('sign_in'), async () => {
        await post('sign-in', { email: email.input.value.trim(), password: word.input.value });
        resolve();
      }),
      label && h('p', { class: 'or' }, say('or')),
      label && h('a', { class: 'button wide', href: '/desk/oidc/start' }, say('sign_in_with', { label })),
    ],
  };
}

function secondFactor(resolve) {
  const code = field(say('code'), { name: 'code', autocomplete: 'one-time-code', required: true, spellcheck: 'false', autocapitalize: 'off' });
  return {
    title: say('second_factor'),
    intro: say('second_factor_how'),
    body: [
      form([code], say('continue'), async () => {
        await post('sign-in/second-factor', { code: code.input.value.trim() });
        resolve();
      }),
      h('button', { type: 'button', class: 'quiet', onclick: () => post('sign-out').then(resolve, resolve) }, say('start_over')),
    ],
  };
}

function newPassword(resolve) {
  const { fields, send } = passwordFields();
  return { title: say('new_password'), intro: say('password_due'), body: form(fields, say('change_password'), async () => { await send(); resolve(); }) };
}

/** The fields of changing a password, and what sends them. */
export function passwordFields() {
  const old = field(say('password_current'), { type: 'password', name: 'current', autocomplete: 'current-password', required: true });
  const fresh = field(say('password_new'), { type: 'password', name: 'new', autocomplete: 'new-password', required: true, minlength: LEAST }, say('password_rule', { n: LEAST }));
  return { fields: [old, fresh], send: () => post('account/password', { current: old.input.value, new: fresh.input.value }) };
}

/** A form that says what went wrong in words and keeps what was typed. */
export function form(fields, label, send) {
  const problem = problemLine();
  const button = h('button', { class: 'button lead wide' }, label);
  return h('form', {
    class: 'stack',
    onsubmit: async (event) => {
      event.preventDefault();
      if (button.getAttribute('aria-disabled')) return;
      button.setAttribute('aria-disabled', 'true');
      problem.clear();
      try {
        await send();
      } catch (error) {
        problem.tell(error);
      } finally {
        button.removeAttribute('aria-disabled');
      }
    },
  }, fields.map(({ node }) => node), problem.node, button);
}
