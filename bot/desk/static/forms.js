/** Fields with their labels, lines that tell a problem, and dialogs; what was typed stays when sending fails. */

import { h, icon } from './dom.js';
import { say } from './words.js';

let count = 0;

/** An input (or `tag`) with its label above and a hint below: {node, input}. */
export function field(label, attributes = {}, hint = null, tag = 'input', ...children) {
  count += 1;
  const id = `field-${count}`;
  const input = h(tag, { id, class: 'input', 'aria-describedby': hint && `${id}-hint`, ...attributes }, ...children);
  const node = h('div', { class: 'field' }, h('label', { for: id }, label), input, hint && h('p', { class: 'hint', id: `${id}-hint` }, hint));
  return { node, input };
}

/** A select of [value, words] pairs. */
export function choice(label, pairs, value, attributes = {}) {
  const made = field(label, attributes, null, 'select', pairs.map(([key, words]) => h('option', { value: key }, words)));
  made.input.value = value;
  return made;
}

/** Where a form tells what went wrong. */
export function problemLine() {
  const node = h('p', { class: 'problem', role: 'alert', hidden: true });
  return {
    node,
    clear() { node.hidden = true; node.textContent = ''; },
    tell(error) { node.textContent = words(error); node.hidden = false; },
  };
}

/** What went wrong, in words; what is no Problem is a defect and is logged too. */
export function words(error) {
  if (error.words) return error.words;
  console.error(error);
  return say('problem_defect');
}

/**
 * Opens a dialog with a form in it. `send` is called on submit and closes the dialog when it succeeds; null: nothing to
 * send. Gives the dialog; it takes itself out when closed, and the focus goes back to where it was.
 */
export function openDialog({ title, content, label, send = null, wide = false, danger = false }) {
  if (document.querySelector('dialog[open]')) return null;
  count += 1;
  const id = `title-${count}`;
  const problem = problemLine();
  const close = () => dialog.close();
  const submit = h('button', { class: `button lead${danger ? ' danger' : ''}` }, label);
  const dialog = h('dialog', { class: wide ? 'dialog wide' : 'dialog', 'aria-labelledby': id, onclose: () => dialog.remove() },
    h('form', {
      class: 'stack',
      onsubmit: async (event) => {
        event.preventDefault();
        if (submit.getAttribute('aria-disabled')) return;
        submit.setAttribute('aria-disabled', 'true');
        problem.clear();
        try {
          if ((await send()) !== false) close();
        } catch (error) {
          problem.tell(error);
        } finally {
          submit.removeAttribute('aria-disabled');
        }
      },
    },
    h('div', { class: 'dialog-head' }, h('h2', { id }, title),
      h('button', { type: 'button', class: 'quiet square', 'aria-label': say('close'), onclick: close }, icon('close'))),
    content, problem.node,
    send && h('div', { class: 'buttons end' }, h('button', { type: 'button', class: 'button', onclick: close }, say('cancel')), submit)));
  dialog.addEventListener('click', (event) => event.target === dialog && close());
  document.body.append(dialog);
  dialog.showModal();
  if (send) dialog.querySelector('.dialog-head ~ * :is(input, select, textarea, button)')?.focus();
  return dialog;
}

const SHOWN = 4_000; // milliseconds; what went wrong stays longer

/** Where passing words appear; in the page from the start, so that screen readers listen. */
export const toaster = h('div', { class: 'toaster', 'aria-live': 'polite' });

/** Says something for a moment at the edge of the page, to screen readers too. */
export function toast(message, kind = 'good') {
  const node = h('p', { class: `toast ${kind}` }, message,
    h('button', { type: 'button', class: 'quiet square', 'aria-label': say('close'), onclick: () => node.remove() }, icon('close')));
  for (const old of [...toaster.children]) if (old.textContent === node.textContent) old.remove();
  toaster.append(node);
  setTimeout(() => node.remove(), kind === 'bad' ? 4 * SHOWN : SHOWN);
}
