/**
 * Charts drawn from numbers. Each is an image for screen readers, and the table that goes with it says the same; a
 * chart is drawn for the room it has, so that its words stay as large as those around it.
 */

const SVG = 'http://www.w3.org/2000/svg';
const LINE = 18; // pixels of a line of words
const BAR = 14;

function draw(tag, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children.filter((child) => child != null));
  return node;
}

const text = (words, x, y, kind = '') => draw('text', { x, y, class: kind }, words);
const rectangle = (x, y, width, height, kind, hint) => draw('rect', { x, y, width: Math.max(0, width), height: Math.max(0, height), class: kind }, draw('title', {}, hint));

/** Round numbers from 0 to at least `most`, at most six of them. */
export function ticks(most) {
  const rough = Math.max(1, most) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, [1, 2, 5, 10].find((factor) => factor * power >= rough) * power);
  const count = Math.max(1, Math.ceil(most / step));
  return Array.from({ length: count + 1 }, (_, index) => index * step);
}

let stripes = 0;

/** A pattern of stripes for what is told apart not by colour alone; `id` is new for each drawing. */
function striped(id) {
  return draw('defs', {}, draw('pattern', { id, width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
    draw('rect', { width: 6, height: 6, class: 'stripes-ground' }), draw('rect', { width: 3.5, height: 6, class: 'stripes' })));
}

function image(width, height, label, ...children) {
  const second = children.filter((child) => child.matches('.second'));
  if (second.length > 0) {
    stripes += 1;
    const id = `stripes-${stripes}`;
    for (const bar of second) bar.setAttribute('fill', `url(#${id})`);
    children.unshift(striped(id));
  }
  return draw('svg', { viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-label': label, class: 'chart' }, ...children);
}

/**
 * Columns side by side, each of two parts: `columns` are {name, hint, parts: [below, above]}.
 * `axis` is what the upright axis counts, `base` what stands along the other one.
 */
export function columnChart({ columns, label, axis, base, number }, width) {
  const [left, top, bottom, height] = [44, 26, 44, 260];
  const most = Math.max(...columns.map(({ parts }) => parts[0] + parts[1]), 1);
  const marks = ticks(most);
  const scale = (height - top - bottom) / marks.at(-1);
  const step = (width - left) / columns.length;
  const gap = step > 6 ? Math.min(8, step * 0.25) : 0.5;
  const ground = height - bottom;
  const lines = marks.map((mark) => draw('g', {},
    draw('line', { x1: left, x2: width, y1: ground - mark * scale, y2: ground - mark * scale, class: mark === 0 ? 'ground' : 'grid' }),
    text(number(mark), left - 8, ground - mark * scale + 4, 'end')));
  const every = Math.ceil(columns.length / Math.max(2, Math.floor((width - left) / 80)));
  const bars = columns.flatMap(({ name, hint, parts: [below, above] }, index) => {
    const x = left + index * step + gap / 2;
    const shown = [rectangle(x, ground - below * scale, step - gap, below * scale, 'first', hint)];
    if (above > 0) shown.push(rectangle(x, ground - (below + above) * scale, step - gap, above * scale, 'second', hint));
    if (index % every === 0) shown.push(text(name, index === 0 ? x : x + (step - gap) / 2, ground + LINE, index === 0 ? 'start' : 'middle'));
    return shown;
  });
  return image(width, height, label, ...lines, ...bars, text(axis, 0, 12, 'axis'), text(base, left, height - 4, 'axis'));
}

/** Bars one under the other, each with its words above it: `bars` are {name, value, shown, kind}; `axis` is what is counted. */
export function barChart({ bars, label, axis, number }, width) {
  const row = LINE + BAR + 14;
  const bottom = 44;
  const height = bars.length * row + bottom;
  const marks = ticks(Math.max(...bars.map(({ value }) => value), 1));
  const room = 72; // for the number at the end of the longest bar
  const scale = (width - room) / marks.at(-1);
  const ground = bars.length * row;
  const lines = marks.map((mark) => draw('g', {},
    draw('line', { x1: mark * scale + 1, x2: mark * scale + 1, y1: 0, y2: ground, class: mark === 0 ? 'ground' : 'grid' }),
    text(number(mark), mark * scale + 1, ground + LINE, mark === 0 ? 'start' : 'middle')));
  const drawn = bars.flatMap(({ name, value, shown, kind = 'first' }, index) => {
    const y = index * row;
    return [
      text(name, 6, y + LINE - 3, 'name'),
      rectangle(1, y + LINE + 4, value * scale, BAR, kind, `${name}: ${shown}`),
      text(shown, value * scale + 8, y + LINE + 4 + BAR - 2, 'value'),
    ];
  });
  return image(width, height, label, ...lines, ...drawn, text(axis, 0, height - 4, 'axis'));
}

/** Draws into `node`, and again whenever it gets wider or narrower. */
export function keepDrawn(node, chart) {
  let drawnFor = 0;
  const drawAgain = () => {
    const width = Math.round(Math.max(280, node.clientWidth));
    if (width === drawnFor) return;
    drawnFor = width;
    node.replaceChildren(chart(width));
  };
  new ResizeObserver(drawAgain).observe(node);
  return node;
}
