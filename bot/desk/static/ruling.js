/** The last ruling with its trace: each reason with whether it held, the next steps, the sources with their dates. */

import { fill, followable, h, icon, unseen } from './dom.js';
import { verdictName } from './naming.js';
import { part } from './part.js';
import { date, say } from './words.js';

export class LastRuling {
  #on;
  #drawn = null;

  constructor(on) {
    this.#on = on;
    this.body = h('div', { class: 'part-body' });
    this.node = part('last_ruling', this.body);
  }

  show(details) {
    const key = details && `${details.id} ${details.last_ruling?.seq ?? ''}`;
    if (key === this.#drawn) return;
    this.#drawn = key;
    if (!details?.last_ruling) fill(this.body, h('p', { class: 'soft' }, say('no_ruling')));
    else fill(this.body, this.#draw(details.last_ruling));
  }

  #draw({ ruling, seq }) {
    const flight = ruling.cbp_on_next_flight;
    const sources = new Map((ruling.sources ?? []).map((source) => [source.id, source]));
    const cited = [...new Set([...flight.reasons, ...(flight.next_steps ?? [])].flatMap((one) => one.sources))];
    const marks = (ids) => h('span', { class: 'marks' }, ids.map((id) => h('sup', {}, String(cited.indexOf(id) + 1))));
    return h('div', { class: 'ruling', lang: ruling.language, 'data-verdict': flight.verdict },
      h('p', { class: 'verdict' }, icon(flight.verdict), h('strong', {}, verdictName(flight.verdict))),
      flight.text && h('p', { class: 'ruling-text' }, flight.text),
      h('p', { class: 'soft small' }, h('code', {}, flight.code), say('as_of', { date: date(ruling.as_of) })),
      h('h3', { lang: null }, say('trace')),
      h('ol', { class: 'trace' }, flight.reasons.map((reason) => h('li', { class: reason.holds ? 'holds' : 'fails' },
        icon(reason.holds ? 'yes' : 'no'), h('span', {}, unseen(`${say(reason.holds ? 'holds' : 'fails')} `), reason.text, marks(reason.sources))))),
      flight.next_steps?.length > 0 && [h('h3', {}, say('next_steps')), h('ul', { class: 'steps' }, flight.next_steps.map((step) => h('li', {}, step.text, marks(step.sources))))],
      flight.notices?.length > 0 && h('details', {}, h('summary', {}, say('notices', { n: flight.notices.length })), h('ul', { class: 'steps' }, flight.notices.map(({ text }) => h('li', {}, text)))),
      cited.length > 0 && h('details', {}, h('summary', {}, say('sources', { n: cited.length })),
        h('ol', { class: 'sources' }, cited.map((id) => h('li', {}, sourceOf(sources.get(id) ?? { id, title: id }))))),
      h('button', { type: 'button', class: 'quiet', onclick: () => this.#on.jump(seq) }, say('show_message', { n: seq })));
  }
}

function sourceOf({ title, date: day, url }) {
  const href = followable(url);
  return [href ? h('a', { href, target: '_blank', rel: 'noopener noreferrer' }, title, unseen(` ${say('new_tab')}`)) : title, ' ', h('span', { class: 'soft' }, day ? date(day) : say('undated'))];
}
