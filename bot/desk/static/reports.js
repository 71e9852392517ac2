/** The reports for supervisors: a period, its numbers, and what they are made of. */

import { get } from './api.js';
import { fill, h } from './dom.js';
import { choice, field, problemLine } from './forms.js';
import { page } from './header.js';
import { channelName } from './naming.js';
import { panels, tiles } from './reports_panels.js';
import { begin } from './session.js';
import { date, language, now, say } from './words.js';

const LENGTHS = [7, 30, 90, 365];
const FIELDS = ['from', 'to', 'channel', 'language'];

await begin('reports_texts.json');
const t = (key, values) => say(`report_${key}`, values);
let zone = 'UTC';
let newest = 0;

const from = field(t('from'), { type: 'date', name: 'from', required: true });
const to = field(t('to'), { type: 'date', name: 'to', required: true });
const channel = choice(t('channel'), [['', t('any_channel')]], '', { name: 'channel' });
const spoken = choice(t('report_language'), [['', t('any_language')], ['en', t('language_en')], ['fr', t('language_fr')]], '', { name: 'language' });
const inputs = { from: from.input, to: to.input, channel: channel.input, language: spoken.input };
const lengths = h('div', { class: 'buttons', role: 'group', 'aria-label': t('period') }, LENGTHS.map((days) => (
  h('button', { type: 'button', class: 'button', 'data-days': days, onclick: () => chooseLast(days) }, t(`last_${days}`)))));
const form = h('form', { class: 'panel period', onsubmit: (event) => { event.preventDefault(); show(chosen()); } },
  from.node, to.node, channel.node, spoken.node, h('button', { class: 'button lead' }, t('show')), lengths);
const status = h('p', { class: 'soft', role: 'status' });
const problem = problemLine();
const results = h('div', { class: 'results' });

page('reports', t('reports'), h('main', { id: 'main', class: 'reading reports', tabindex: '-1' },
  h('div', { class: 'reports-head' }, h('h1', {}, t('reports')),
    h('button', { type: 'button', class: 'button', onclick: () => print() }, t('print'))),
  h('p', { class: 'soft' }, t('reports_about')), form, problem.node, status, results));
addEventListener('beforeprint', () => { for (const table of results.querySelectorAll('details')) table.open = true; });

const asked = new URLSearchParams(location.search);
show(Object.fromEntries(FIELDS.map((name) => [name, asked.get(name) ?? ''])));



async function show(query) {
  const turn = (newest += 1);
  problem.clear();
  results.setAttribute('aria-busy', 'true');
  fill(status, t('loading'));
  try {
    const report = await get('reports', query);
    if (turn === newest) take(report);
  } catch (error) {
    if (turn !== newest) return;
    fill(status);
    fill(results);
    problem.tell(error);
  } finally {
    if (turn === newest) results.removeAttribute('aria-busy');
  }
}

function take(report) {
  const { about } = report;
  zone = about.time_zone;
  fill(channel.input, [['', t('any_channel')], ...[...new Set([...report.channels, about.channel])].filter(Boolean).map((name) => [name, channelName(name)])]
    .map(([value, words]) => h('option', { value }, words)));
  for (const name of FIELDS) inputs[name].value = about[name] ?? '';
  const query = new URLSearchParams(Object.entries(chosen()).filter(([, value]) => value));
  history.replaceState(null, '', `?${query}`);
  for (const button of lengths.children) button.setAttribute('aria-pressed', String(isLast(Number(button.dataset.days), about)));
  fill(status, t('shown_for', { from: date(about.from), to: date(about.to), zone: zone.split('/').at(-1).replaceAll('_', ' ') }));
  query.set('lang', language());
  const { conversations, handoffs, unanswered, unsure } = report;
  const isEmpty = conversations.total === 0 && [...handoffs, ...unanswered, ...unsure].every((each) => !(each.handoffs || each.answers || each.messages));
  fill(results, isEmpty
    ? h('section', { class: 'panel nothing' }, h('h2', {}, t('empty')), h('p', { class: 'soft' }, t('empty_hint')))
    : [tiles(report), panels(report, (table) => `/desk/api/reports.csv?table=${table}&${query}`)]);
}

function chosen() {
  return Object.fromEntries(FIELDS.map((name) => [name, inputs[name].value]));
}

/** Today as the calendar of the staff has it. */
const today = () => new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now());

function daysBefore(day, count) {
  const then = new Date(day);
  then.setUTCDate(then.getUTCDate() - count);
  return then.toISOString().slice(0, 10);
}

function chooseLast(days) {
  const last = today();
  show({ ...chosen(), from: daysBefore(last, days - 1), to: last });
}

const isLast = (days, about) => about.to === today() && about.from === daysBefore(about.to, days - 1);
