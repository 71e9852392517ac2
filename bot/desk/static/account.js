/** One's own account: password, second factor, language. */

import { post } from './api.js';
import { fill, h } from './dom.js';
import { choice, field, toast, words } from './forms.js';
import { page } from './header.js';
import { begin, current, speak } from './session.js';
import { form, passwordFields } from './sign_in.js';
import { say } from './words.js';

await begin();
const { staff } = current();
const factor = h('section', { class: 'panel', 'aria-labelledby': 'factor' });

page('account', say('page_account'), h('main', { id: 'main', class: 'reading narrow', tabindex: '-1' },
  h('h1', {}, say('page_account')),
  h('section', { class: 'panel', 'aria-labelledby': 'who' }, h('h2', { id: 'who' }, h('bdi', {}, staff.name)),
    h('p', { class: 'soft' }, h('bdi', {}, staff.email), ' · ', say(`role_${staff.role}`)), languageBox()),
  h('section', { class: 'panel', 'aria-labelledby': 'word' }, h('h2', { id: 'word' }, say('password')), passwordForm()),
  factor));
showFactor(staff.totp);

function languageBox() {
  const box = choice(say('language'), [['en', 'English'], ['fr', 'Français']], document.documentElement.lang);
  box.input.addEventListener('change', async () => {
    try {
      await speak(box.input.value);
      location.reload();
    } catch (error) {
      toast(words(error), 'bad');
    }
  });
  return box.node;
}

function passwordForm() {
  const { fields, send } = passwordFields();
  return form(fields, say('change_password'), async () => {
    await send();
    toast(say('password_changed'));
    for (const { input } of fields) input.value = '';
    location.reload(); // other sessions have ended; this page takes the new one's token
  });
}

function showFactor(isOn) {
  const password = field(say('password_current'), { type: 'password', autocomplete: 'current-password', required: true });
  fill(factor, h('h2', { id: 'factor' }, say('second_factor')), h('p', { class: 'soft' }, say(isOn ? 'factor_on' : 'factor_off')),
    isOn
      ? form([password], say('factor_remove'), async () => { await post('account/totp/remove', { password: password.input.value }); toast(say('factor_removed')); showFactor(false); })
      : form([password], say('factor_begin'), async () => showSecret(await post('account/totp', { password: password.input.value }))));
}

function showSecret({ secret, qr_svg: drawing }) {
  const code = field(say('code'), { autocomplete: 'one-time-code', inputmode: 'numeric', required: true, maxlength: '8' });
  fill(factor, h('h2', { id: 'factor' }, say('second_factor')), h('p', {}, say('factor_scan')),
    // A drawing in an image runs no script, whatever it holds.
    h('img', { class: 'qr', alt: say('factor_drawing'), width: '200', height: '200', src: `data:image/svg+xml;utf8,${encodeURIComponent(drawing)}` }),
    h('p', {}, say('factor_secret'), ' ', h('code', { class: 'secret' }, secret)),
    form([code], say('factor_confirm'), async () => showRecovery((await post('account/totp/confirm', { code: code.input.value.trim() })).recovery_codes)));
  code.input.focus();
}

function showRecovery(codes) {
  fill(factor, h('h2', { id: 'factor', tabindex: '-1' }, say('recovery_codes')), h('p', {}, say('recovery_how')),
    h('ul', { class: 'recovery' }, codes.map((code) => h('li', {}, h('code', {}, code)))),
    h('div', { class: 'buttons' },
      h('button', { type: 'button', class: 'button', onclick: () => navigator.clipboard?.writeText(codes.join('\n')).then(() => toast(say('copied')), () => toast(say('not_copied'), 'bad')) }, say('copy')),
      h('button', { type: 'button', class: 'button lead', onclick: () => showFactor(true) }, say('recovery_kept'))));
  factor.firstElementChild.focus();
}
