/** A ruling as a card: the verdict, why, what to do next, the sources with their dates. */

import { day, followable, h, icon, locale, newTab, outside, say, unseen } from './dom.js';

// The last reason decided: it comes first, early ones fold away.
const SHOWN_REASONS = 3;
const SHOWN_CENTRES = 3;

/** The part that `meta.card` names: flight, options, renewal or step. */
export function rulingCard(meta, fallback) {
  const { ruling, card: part = 'flight' } = meta;
  const language = ruling.language ?? fallback;
  const citations = new Citations(language, ruling.sources);
  const { verdict, head, body } = PARTS[part](ruling, language, citations);
  return h('section', { class: 'card', lang: language, 'data-verdict': verdict },
    h('div', { class: 'head' }, h('h3', {}, say(language, `${part}_title`)),
      verdict && h('p', { class: 'verdict' }, icon(verdict), h('strong', {}, say(language, verdict))), head),
    body,
    citations.list(),
    h('p', { class: 'as-of' }, say(language, 'as_of', { date: day(language, ruling.as_of) })));
}

export function foldedSources(sources, language) {
  const citations = new Citations(language, sources);
  citations.cite(sources.map(({ id }) => id));
  return folded(`${say(language, 'sources')} (${sources.length})`, citations.items(0));
}

const PARTS = {
  flight({ cbp_on_next_flight: flight }, language, citations) {
    // The trip is named once, under the verdict.
    const trip = flight.reasons.find(({ rule, holds }) => rule === 'trip_ahead' && holds);
    const words = trip?.text ?? (flight.airport && say(language, 'airport', flight));
    const reasons = flight.reasons.filter((reason) => reason !== trip);
    return {
      verdict: flight.verdict,
      head: [
        flight.text && h('p', { class: 'answer' }, afterVerdict(flight.text)),
        words && h('p', { class: 'journey' }, icon('plane'), h('span', {}, words)),
      ],
      body: explained(language, { ...flight, reasons }, citations),
    };
  },
  options({ options }, language, citations) {
    const open = options.filter(({ option, applies }) => option !== 'no_interview' || applies === 'yes');
    return { body: h('ul', { class: 'options' }, open.map((option) => optionItem(language, option, citations))) };
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
};

/** Without the words that stand above it in large letters. */
const afterVerdict = (text) => text.replace(/^[^,:]{1,34}:\s+(.)/u, (_, first) => first.toUpperCase());

function optionItem(language, { applies, title, text, reasons, next_steps: steps, centres }, citations) {
  const distance = new Intl.NumberFormat(locale(language), { style: 'unit', unit: 'kilometer', maximumFractionDigits: 0 });
  const names = applies === 'no' ? [] : centres.map(({ name, distance_km: km }) => (km == null ? name : `${name} (${distance.format(km)})`));
  const nearest = names.slice(0, SHOWN_CENTRES).join('; ');
  return h('li', { 'data-verdict': applies },
    h('h4', {}, title),
    h('p', { class: 'verdict' }, icon(applies), h('span', {}, text)),
    nearest && h('p', {}, `${say(language, 'centres')} ${nearest}`),
    names.length > SHOWN_CENTRES && folded(say(language, 'more_centres', { n: names.length - SHOWN_CENTRES }),
      h('ul', {}, names.slice(SHOWN_CENTRES).map((name) => h('li', {}, name)))),
    folded(say(language, 'why'), reasonList(language, reasons, citations), steps.length > 0 && stepList(steps, citations)));
}

function explained(language, { reasons, next_steps: steps = [], notices }, citations) {
  const others = reasons.slice(0, -SHOWN_REASONS);
  const why = [h('h4', {}, say(language, 'why')), reasonList(language, reasons.slice(-SHOWN_REASONS).reverse(), citations)];
  const next = steps.length > 0 && [h('h4', {}, say(language, 'next')), stepList(steps, citations)];
  citations.fold();
  const rest = others.length > 0 && folded(say(language, 'others', { n: others.length }), reasonList(language, others, citations));
  const known = notices.length > 0 && folded(`${say(language, 'notices')} (${notices.length})`, noticeList(language, notices, citations));
  return [why, rest, next, known].flat();
}

const folded = (summary, ...content) => h('details', {}, h('summary', {}, summary), content);

function reasonList(language, reasons, citations) {
  return h('ul', { class: 'reasons' }, reasons.map((reason) => h('li', { class: reason.holds ? 'holds' : 'fails' },
    icon(reason.holds ? 'yes' : 'no'), h('span', {}, unseen(`${say(language, reason.holds ? 'holds' : 'fails')} `), cited(reason, citations)))));
}

const stepList = (steps, citations) => h('ol', { class: 'steps' }, steps.map((step) => h('li', {}, cited(step, citations))));

function noticeList(language, notices, citations) {
  return h('ul', { class: 'notices' }, notices.map((notice) => h('li', {},
    cited(notice, citations), notice.since && ` (${say(language, 'since', { date: day(language, notice.since) })})`)));
}

const cited = ({ text, sources }, citations) => [text, ...citations.cite(sources)];

/** Numbers sources as they are cited; those of folded words fold too. */
class Citations {
  #language;
  #known;
  #order = [];
  #shown = Infinity;

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

  fold() {
    this.#shown = this.#order.length;
  }

  list() {
    const more = this.#order.length - this.#shown;
    return h('div', { class: 'sources' }, h('h4', {}, say(this.#language, 'sources')), this.items(0, this.#shown),
      more > 0 && folded(say(this.#language, 'more_sources', { n: more }), this.items(this.#shown)));
  }

  items(from, to) {
    return h('ol', { start: from + 1 }, this.#order.slice(from, to).map((id) => {
      const { title, date, url } = this.#known.get(id);
      const href = followable(url);
      return h('li', {},
        href ? outside(href, [title, newTab(this.#language)]) : title,
        h('span', { class: 'date' }, ` ${date ? day(this.#language, date) : say(this.#language, 'undated')}`));
    }));
  }
}
