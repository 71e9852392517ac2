/** What a report shows: the numbers at a glance, then a panel for each question, with chart, table and file. */

import { h } from './dom.js';
import { barChart, columnChart, keepDrawn } from './reports_charts.js';
import { language, locale, say } from './words.js';

const DAYS_SHOWN = 62; // more are gathered by week
const t = (key, values) => say(`report_${key}`, values);
const number = (value) => new Intl.NumberFormat(locale()).format(value);
const percent = (share) => new Intl.NumberFormat(locale(), { style: 'percent', maximumFractionDigits: 0 }).format(share);
const shortDay = (day) => new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(day));
const longDay = (day) => new Intl.DateTimeFormat(locale(), { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(day));

/** A length of time in at most two units; null is none. */
export function span(seconds) {
  if (seconds === null) return t('no_number');
  if (seconds < 60) return t('seconds', { n: Math.round(seconds) });
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return t('minutes_long', { n: minutes });
  if (minutes < 24 * 60) return t('hours_long', { h: Math.floor(minutes / 60), m: String(minutes % 60).padStart(2, '0') });
  const hours = Math.round(minutes / 60);
  return t('days_long', { d: Math.floor(hours / 24), h: hours % 24 });
}

/** The numbers at a glance. */
export function tiles({ conversations, waiting, satisfaction }) {
  const share = (value) => (value === null ? t('no_number') : percent(value));
  const tile = (key, value, hint) => h('div', { class: 'tile' }, h('dt', {}, t(`tile_${key}`)), h('dd', {}, h('strong', {}, value), hint && h('span', {}, hint)));
  return h('dl', { class: 'tiles' },
    tile('conversations', number(conversations.total)),
    tile('without', share(conversations.share_without_person), t('tile_without_hint', { n: number(conversations.without_person), total: number(conversations.total) })),
    tile('median', span(waiting.median_seconds), waiting.replied > 0 && t('tile_median_hint', { n: number(waiting.replied) })),
    tile('p90', span(waiting.p90_seconds), waiting.replied > 0 && t('tile_p90_hint')),
    tile('waiting', number(waiting.still_waiting), t('tile_waiting_hint')),
    tile('satisfied', share(satisfaction.share_yes), t('tile_satisfied_hint', { n: number(satisfaction.yes), total: number(satisfaction.rated) })));
}

/** A panel for each question; `address` gives where a table can be had as a file. */
export function panels(report, address) {
  return h('div', { class: 'panels' }, [days, handoffs, waiting, unanswered, unsure, satisfaction].map((make) => make(report, address)));
}

function panel(key, about, { chart, columns, rows, address, wide = false, title = key, legend = null }) {
  const id = `report-${key}`;
  const name = t(title);
  return h('section', { class: wide ? 'panel wide' : 'panel', 'aria-labelledby': id },
    h('div', { class: 'panel-head' }, h('h2', { id }, name),
      h('a', { class: 'button', href: address(key), download: true, 'aria-label': t('csv_of', { title: name }) }, t('csv'))),
    h('p', { class: 'soft' }, about),
    chart === null ? h('p', { class: 'none' }, t('none_yet')) : [
      legend,
      keepDrawn(h('div', { class: 'drawn' }), chart),
      h('details', {}, h('summary', {}, t('as_table')),
        h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': name }, table(columns, rows))),
    ]);
}

const isCount = (key, index) => index > 0 && key !== 'missing';

const table = (columns, rows) => h('table', { class: 'table' },
  h('thead', {}, h('tr', {}, columns.map((key, index) => h('th', { scope: 'col', class: isCount(key, index) && 'number' }, t(`col_${key}`))))),
  h('tbody', {}, rows.map(([first, ...rest]) => h('tr', {}, h('th', { scope: 'row' }, first), rest.map((cell, index) => h('td', { class: isCount(columns[index + 1], index + 1) && 'number' }, cell))))));

function bars(title, axis, entries) {
  const shown = entries.map(({ name, value, words = number(value), kind }) => ({ name, value, shown: words, kind }));
  return (width) => barChart({ bars: shown, label: title, axis, number }, width);
}

function days({ days: all, conversations }, address) {
  const isByWeek = all.length > DAYS_SHOWN;
  const key = isByWeek ? 'weeks' : 'days';
  const entries = isByWeek ? weeks(all) : all;
  const name = (day) => (isByWeek ? t('week_of', { day: longDay(day) }) : longDay(day));
  const columns = entries.map(({ day, without_person: without, handed_over: handed }) => ({
    name: shortDay(day),
    hint: `${name(day)}: ${t('without_person')} ${number(without)}, ${t('handed_over')} ${number(handed)}`,
    parts: [without, handed],
  }));
  const chart = (width) => columnChart({ columns, label: t(key), axis: t('col_conversations'), base: t(isByWeek ? 'col_week' : 'col_day'), number }, width);
  return panel('days', t('days_about'), {
    title: key,
    wide: true,
    address,
    chart: conversations.total === 0 ? null : chart,
    legend: h('p', { class: 'legend' }, h('span', { class: 'first' }, t('without_person')), h('span', { class: 'second' }, t('handed_over'))),
    columns: [isByWeek ? 'week' : 'day', 'conversations', 'without_person', 'handed_over'],
    rows: entries.map((entry) => [longDay(entry.day), number(entry.conversations), number(entry.without_person), number(entry.handed_over)]),
  });
}

/** Days gathered by seven, from the first on. */
function weeks(all) {
  const gathered = [];
  for (let start = 0; start < all.length; start += 7) {
    const sum = (key) => all.slice(start, start + 7).reduce((total, day) => total + day[key], 0);
    gathered.push({ day: all[start].day, conversations: sum('conversations'), without_person: sum('without_person'), handed_over: sum('handed_over') });
  }
  return gathered;
}

function handoffs({ handoffs: reasons }, address) {
  const entries = reasons.map(({ reason, handoffs: value }) => ({ name: t(`reason_${reason}`), value })).sort((one, other) => other.value - one.value);
  return panel('handoffs', t('handoffs_about'), {
    address,
    chart: entries.every(({ value }) => value === 0) ? null : bars(t('handoffs'), t('col_handoffs'), entries),
    columns: ['reason', 'handoffs'],
    rows: entries.map(({ name, value }) => [name, number(value)]),
  });
}

function waiting({ waiting: figures }, address) {
  const entries = figures.spans.map(({ below_seconds: below, handoffs: value }) => ({ name: t(`span_${below ?? 'over'}`), value }));
  return panel('waiting', t('waiting_about', { still: number(figures.still_waiting), ended: number(figures.ended_without_reply) }), {
    address,
    chart: figures.replied === 0 ? null : bars(t('waiting'), t('col_handoffs'), entries),
    columns: ['wait', 'handoffs'],
    rows: entries.map(({ name, value }) => [name, number(value)]),
  });
}

function unanswered({ unanswered: codes, handoffs: reasons }, address) {
  const handed = reasons.find(({ reason }) => reason === 'cannot_tell').handoffs;
  const entries = codes.map(({ code, missing, conversations, answers }) => ({ name: t(`code_${code}`), missing: t(`missing_${missing}`), kind: missing === 'policy' ? 'first' : 'second', value: conversations, answers }));
  return panel('unanswered', t('unanswered_about', { n: number(handed) }), {
    address,
    chart: entries.length === 0 ? null : bars(t('unanswered'), t('col_conversations'), entries),
    legend: h('p', { class: 'legend' }, h('span', { class: 'first' }, t('missing_policy')), h('span', { class: 'second' }, t('missing_facts'))),
    columns: ['question', 'missing', 'conversations', 'answers'],
    rows: entries.map(({ name, missing, value, answers }) => [name, missing, number(value), number(answers)]),
  });
}

const LISTED = 10;

function unsure({ unsure: intents, meanings }, address) {
  const entries = intents.map(({ intent, messages, conversations }) => ({ name: meanings[intent]?.[language()] ?? intent ?? t('no_intent'), value: messages, conversations }));
  return panel('unsure', t('unsure_about'), {
    address,
    chart: entries.length === 0 ? null : bars(t('unsure'), t('col_messages'), entries.slice(0, LISTED)),
    columns: ['intent', 'messages', 'conversations'],
    rows: entries.map(({ name, value, conversations }) => [name, number(value), number(conversations)]),
  });
}

function satisfaction({ satisfaction: figures }, address) {
  const entries = ['yes', 'partly', 'no'].map((answer) => {
    const share = figures[`share_${answer}`];
    return { name: t(`rating_${answer}`), value: figures[answer], share: share === null ? t('no_number') : percent(share) };
  });
  return panel('satisfaction', t('satisfaction_about'), {
    address,
    chart: figures.rated === 0 ? null : bars(t('satisfaction'), t('col_conversations'), entries.map((entry) => ({ ...entry, words: `${number(entry.value)} (${entry.share})` }))),
    columns: ['answer', 'conversations', 'percent'],
    rows: entries.map(({ name, value, share }) => [name, number(value), share]),
  });
}
