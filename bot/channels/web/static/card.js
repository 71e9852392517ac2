/** A ruling as a card: the verdict, why, what to do next, and the sources with their dates. */

import { day, followable, h, icon, locale, say, unseen } from './dom.js';

// The last reason decided: it is read first, and what was checked long before folds away.
const SHOWN_REASONS = 3;

const PART_OF_INTENT = { ask_interview_options: 'options', ask_renewal: 'renewal', ask_next_step: 'step' };

/** The card of the part that was asked about: `meta.card`, else by intent, else the next flight. */
export function rulingCard(meta, fallback) {
  const { ruling } = meta;
  const language = ruling.language ?? fallback;
  const citations = new Citations(language, [...(ruling.sources ?? []), ...(meta.sources ?? [])]);
  const part = meta.card ?? PART_OF_INTENT[meta.intent] ?? 'flight';
  const { verdict, head = [], body } = PARTS[part](ruling, language, citations);
  return h('section', { class: 'card', lang: language, 'data-verdict': verdict },
    h('div', { class: 'head' }, h('h3', {}, say(language, `${part}_title`)), verdict && badge(language, verdict), head),
    body,
    citations.list(),
    ruling.as_of && h('p', { class: 'as-of' }, say(language, 'as_of', { date: day(language, ruling.as_of) })));
}

/** Sources under an answer that is no ruling. */
export function foldedSources(sources, language) {
  const citations = new Citations(language, sources);
  sources.forEach((source) => citations.cite([source.id]));
  return h('details', { class: 'folded' }, h('summary', {}, `${say(language, 'sources')} (${sources.length})`), citations.items());
}

const PARTS = {
  flight({ cbp_on_next_flight: flight }, language, citations) {
    const trip = flight.reasons.find(({ rule, holds }) => rule === 'trip_ahead' && holds);
    const words = trip?.text ?? (flight.airport && say(language, 'airport', flight));
    const reasons = flight.reasons.filter((reason) => reason !== trip);
    return {
      verdict: flight.verdict,
      head: words && h('p', { class: 'journey' }, icon('plane'), h('span', {}, words)),
      body: explained(language, { ...flight, reasons }, citations),
    };
  },
  renewal({ renewal }, language, citations) {
    const until = renewal.benefits_extended_until;
    return {
      verdict: renewal.applies ? 'yes' : 'no',
      head: until && h('p', { class: 'journey' }, say(language, 'until', { date: day(language, until) })),
      body: explained(language, renewal, citations),
    };
  },
  step: (ruling, language, citations) => ({ body: h('p', { class: 'step' }, cited(ruling.next_step, citations)) }),
  options: (ruling, language, citations) => ({
    body: h('ul', { class: 'options' }, ruling.options.map((option) => optionItem(language, option, citations))),
  }),
};

function optionItem(language, option, citations) {
  const kilometres = new Intl.NumberFormat(locale(language), { style: 'unit', unit: 'kilometer', maximumFractionDigits: 0 });
  const centres = (option.centres ?? []).map(({ name, distance_km: km }) => h('li', {}, km == null ? name : `${name} (${kilometres.format(km)})`));
  return h('li', { 'data-verdict': option.applies },
    h('h4', {}, say(language, option.option)),
    badge(language, option.applies),
    h('details', { class: 'folded' }, h('summary', {}, say(language, 'why')), reasonList(language, option.reasons, citations)),
    option.next_steps?.length > 0 && stepList(option.next_steps, citations),
    centres.length > 0 && option.applies !== 'no'
      && h('details', { class: 'folded' }, h('summary', {}, `${say(language, 'centres')} (${centres.length})`), h('ul', {}, centres)),
    ...noticeList(language, option.notices, citations));
}

function badge(language, verdict) {
  return h('p', { class: 'verdict' }, icon(verdict), h('strong', {}, say(language, verdict)));
}

function explained(language, part, citations) {
  const { reasons = [], next_steps: steps = [], notices } = part;
  const decisive = reasons.slice(-SHOWN_REASONS).reverse();
  const others = reasons.slice(0, -SHOWN_REASONS);
  return [
    reasons.length > 0 && h('h4', {}, say(language, 'why')),
    reasons.length > 0 && reasonList(language, decisive, citations),
    others.length > 0 && h('details', { class: 'folded' },
      h('summary', {}, say(language, 'others', { n: others.length })), reasonList(language, others, citations)),
    steps.length > 0 && h('h4', {}, say(language, 'next')),
    steps.length > 0 && stepList(steps, citations),
    ...noticeList(language, notices, citations),
  ];
}

function reasonList(language, reasons, citations) {
  return h('ul', { class: 'reasons' }, reasons.map((reason) => h('li', { class: reason.holds ? 'holds' : 'fails' },
    icon(reason.holds ? 'yes' : 'no'), h('span', {}, unseen(`${say(language, reason.holds ? 'holds' : 'fails')} `), cited(reason, citations)))));
}

const stepList = (steps, citations) => h('ol', { class: 'steps' }, steps.map((step) => h('li', {}, cited(step, citations))));

function noticeList(language, notices = [], citations) {
  if (notices.length === 0) return [];
  return [h('h4', {}, say(language, 'notices')), h('ul', { class: 'notices' }, notices.map((notice) => h('li', {},
    cited(notice, citations), notice.since && ` (${say(language, 'since', { date: day(language, notice.since) })})`)))];
}

const cited = ({ text, sources = [] }, citations) => [text, ...citations.cite(sources)];

/** Numbers sources as they are cited, so that the list holds none that the card does not use. */
class Citations {
  #language;
  #known;
  #order = [];

  constructor(language, sources) {
    this.#language = language;
    this.#known = new Map(sources.map((source) => [source.id, source]));
  }

  cite(ids) {
    return ids.filter((id) => this.#known.has(id)).map((id) => {
      if (!this.#order.includes(id)) this.#order.push(id);
      return h('sup', {}, unseen(` ${say(this.#language, 'source')} `), `${this.#order.indexOf(id) + 1}`);
    });
  }

  list() {
    if (this.#order.length === 0) return null;
    return h('div', { class: 'sources' }, h('h4', {}, say(this.#language, 'sources')), this.items());
  }

  items() {
    return h('ol', {}, this.#order.map((id) => {
      const { title, date, url } = this.#known.get(id);
      const href = followable(url);
      return h('li', {},
        href ? h('a', { href, target: '_blank', rel: 'noopener' }, title, unseen(` ${say(this.#language, 'new_tab')}`)) : title,
        h('span', { class: 'date' }, ` ${date ? day(this.#language, date) : say(this.#language, 'undated')}`));
    }));
  }
}
