/**
 * The traveller's file: application, interviews, trips, and what staff have put right in it. It is fetched only when
 * somebody asks for it, since each look is written down.
 */

import { get, post } from './api.js';
import { addTrip, confirmCompleted, confirmShared } from './corrections.js';
import { fill, h, icon, typed } from './dom.js';
import { openDialog, toast, words } from './forms.js';
import { correctionName, interviewName, kindName, modeName, statusName } from './naming.js';
import { facts, part } from './part.js';
import { date, local, moment, say, sayWith } from './words.js';

export class CaseCard {
  #on;
  #details = null;
  #file = null;

  constructor(on) {
    this.#on = on;
    this.body = h('div', { class: 'part-body' });
    this.node = part('file', this.body);
  }

  /** Another conversation's file is not shown until it is asked for. */
  show(details) {
    const isOther = details?.id !== this.#details?.id;
    const isProved = details?.proved;
    const same = !isOther && isProved === this.#details?.proved && this.#may(details) === this.#may(this.#details);
    this.#details = details;
    if (isOther || !isProved) this.#file = null;
    if (details && !same) this.#draw();
  }

  #may(details) {
    return details?.can.includes('correct') ?? false;
  }

  #draw() {
    if (!this.#details.proved) fill(this.body, h('p', { class: 'soft' }, say('not_proved')));
    else if (!this.#file) this.#offer();
    else this.#drawFile(this.#file);
  }

  #offer() {
    fill(this.body, h('p', { class: 'soft' }, say('file_audited')),
      h('button', { type: 'button', class: 'button wide', onclick: (event) => this.#look(event.currentTarget) }, icon('file'), say('show_file')));
  }

  async #look(button) {
    const { id } = this.#details;
    button?.setAttribute('aria-disabled', 'true');
    try {
      const file = await get(`conversations/${id}/file`);
      if (id !== this.#details?.id) return;
      this.#file = file;
      this.#drawFile(file);
      if (button) this.body.querySelector('h3').focus();
    } catch (error) {
      toast(words(error), 'bad');
    } finally {
      button?.removeAttribute('aria-disabled');
    }
  }

  #drawFile({ applicant, application, interviews, trips, corrections, may_mark: marks }) {
    const may = this.#may(this.#details);
    const mark = (kind, confirm) => may && marks.includes(kind) && h('button', {
      type: 'button', class: 'button wide', onclick: () => confirm(this.#details.id, (file) => this.#corrected(file)),
    }, icon('yes'), say(`mark_${kind}`));
    fill(this.body,
      h('h3', { tabindex: '-1', class: 'applicant' }, typed(applicant.name)),
      facts([
        [say('speaks'), applicant.language && say(`language_${applicant.language}`)],
        [say('residence'), applicant.residence && typed(String(applicant.residence))],
      ]),
      h('h4', {}, say('application')),
      application ? applicationFacts(application) : h('p', { class: 'soft' }, say('no_application')),
      mark('cbsa_shared', confirmShared),
      h('h4', {}, say('interviews')),
      interviews.length > 0 ? h('ul', { class: 'entries' }, interviews.map(interviewEntry)) : h('p', { class: 'soft' }, say('none')),
      mark('cbsa_completed', confirmCompleted),
      h('h4', {}, say('trips')),
      trips.length > 0 ? h('ul', { class: 'entries' }, trips.map((trip) => this.#trip(trip, may))) : h('p', { class: 'soft' }, say('none')),
      may && h('button', { type: 'button', class: 'button wide', onclick: () => addTrip(this.#details.id, (file) => this.#corrected(file)) }, icon('plus'), say('add_trip')),
      corrections.length > 0 && [h('h4', {}, say('corrections')), h('ul', { class: 'entries' }, corrections.map((one) => this.#correction(one, may)))]);
  }

  #trip({ segments, correction_id: correction }, may) {
    return h('li', {},
      segments.map(({ flight, origin, destination, departs_at: at, mode }) => h('p', { class: 'segment' },
        h('span', { class: 'leg' }, typed(origin), ' → ', typed(destination)), flight && h('span', { class: 'soft' }, typed(flight)),
        h('span', { class: 'soft' }, local(at)), mode && mode !== 'air' && h('span', { class: 'chip' }, modeName(mode)))),
      correction && h('p', {}, h('span', { class: 'chip' }, say('by_staff')), may && this.#withdraw(correction)));
  }

  #correction({ id, kind, at, by, withdrawn, in_effect: inEffect }, may) {
    return h('li', { class: withdrawn ? 'withdrawn' : null },
      h('p', {}, correctionName(kind)), h('p', { class: 'soft small' }, sayWith('corrected_by', { name: by.name, at: moment(at) })),
      withdrawn && h('span', { class: 'chip' }, say('withdrawn')), !withdrawn && !inEffect && h('span', { class: 'chip' }, say('overtaken')),
      !withdrawn && may && this.#withdraw(id));
  }

  #withdraw(id) {
    return h('button', {
      type: 'button', class: 'quiet',
      onclick: () => openDialog({
        title: say('withdraw_title'), label: say('withdraw'), danger: true, content: h('p', {}, say('withdraw_how')),
        send: async () => {
          this.#corrected(await post(`conversations/${this.#details.id}/file/corrections/${id}/withdraw`), say('withdrawn_done'));
        },
      }),
    }, say('withdraw'));
  }

  /** A correction gives the file as it then is. */
  #corrected(file, done = say('corrected')) {
    toast(done);
    this.#file = file;
    this.#drawFile(file);
    this.#on.changed();
  }
}

function applicationFacts({ kind, status, submitted_on: submitted, membership_expires_on: expires, shared_with_cbp_at: shared, shared_by_staff: byStaff }) {
  return facts([
    [say('status'), h('strong', {}, statusName(status))],
    [say('kind'), kind && kindName(kind)],
    [say('submitted_on'), submitted && date(submitted)],
    [say('expires_on'), expires && date(expires)],
    [say('shared_with_cbp'), shared ? [moment(shared), byStaff && h('span', { class: 'chip' }, say('by_staff'))] : say('not_shared')],
  ]);
}

function interviewEntry({ agency, state, centre, centre_name: name, at, completed_by_staff: byStaff }) {
  return h('li', {}, h('p', {}, h('strong', {}, say(`agency_${agency}`)), ' ', h('span', { class: `chip is-${state}` }, interviewName(state)), byStaff && [' ', h('span', { class: 'chip' }, say('by_staff'))]),
    h('p', { class: 'soft' }, typed(name ?? centre ?? ''), at && `, ${local(at)}`));
}
