import { byId, count, element, holder, plural, setText, shape } from './dom.js';

const barStep = 4;
const sum = values => values.reduce((total, value) => total + value, 0);

/** Columns of values, each column the parts of one second from the bottom up, above a time axis. */
function picture(label, columns, classOf, limit, height, peak) {
  // A little air above the limit, so that its line is seen.
  const scale = (height - 6) / peak;
  const made = shape('svg', { viewBox: `0 0 ${columns.length * barStep} ${height}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': label });
  columns.forEach((parts, second) => {
    let top = height;
    parts.forEach((value, part) => {
      if (value === 0) return;
      // A single call among thousands is seen too.
      const tall = Math.max(value * scale, 1.5);
      top -= tall;
      made.append(shape('rect', { x: second * barStep, y: top, width: barStep - 1, height: tall, class: `bar ${classOf(value, part)}` }));
    });
  });
  if (limit > 0) {
    const y = height - limit * scale;
    made.append(shape('line', { x1: 0, x2: columns.length * barStep, y1: y, y2: y, class: 'limit' }));
  }

  return made;
}

const axis = (...marks) => {
  const made = holder('div', 'axis', ...marks.map(mark => element('span', mark)));
  made.setAttribute('aria-hidden', 'true');
  return made;
};

const peakOf = (columns, limit) => Math.max(limit, 1, ...columns.map(sum));

// ---- All commands together

const kinds = ['succeeded', 'throttled', 'errors'];

function figure(number, word, className) {
  return holder('li', className, element('b', count(number)), element('span', ` ${word}`));
}

function minute({ Calls, Throttled, Errors }) {
  const columns = Calls.map((calls, second) => [calls - Throttled[second] - Errors[second], Throttled[second], Errors[second]]);
  const totals = kinds.map((_, part) => sum(columns.map(parts => parts[part])));
  const calls = sum(Calls);
  const share = calls === 0 ? '' : `, ${(100 * totals[1] / calls).toLocaleString('en', { maximumFractionDigits: 1 })} % throttled`;
  const list = holder('ul', 'legend',
    figure(Calls.at(-1), 'calls/s now', 'now'),
    ...totals.map((total, part) => figure(total, kinds[part], kinds[part])));
  const peak = peakOf(columns, 0);
  return holder('div', 'minute', list,
    holder('div', 'plot', element('span', `${count(peak)}/s`, 'peak'),
      picture(`All commands, last minute: ${plural(calls, 'call')}${share}, ${plural(totals[2], 'error')}`, columns, (_, part) => kinds[part], 0, 90, peak)),
    axis('60 s ago', '45', '30', '15', 'now'));
}

// ---- Each command

function chart({ Name, Limit, Passed }) {
  const columns = Passed.map(calls => [calls]);
  const [now, of] = [`${count(Passed.at(-1))}/s`, Limit > 0 ? `limit ${count(Limit)}` : 'no limit'];
  return holder('figure', '',
    holder('figcaption', '', element('span', Name), element('span', now, 'now'), element('span', of, 'of')),
    picture(`${Name}: ${now}, ${of}`, columns, calls => (Limit > 0 && calls >= Limit ? 'full' : ''), Limit, 76, peakOf(columns, Limit)),
    axis('60 s ago', 'now'));
}

export function showTraffic(traffic) {
  byId('minute').replaceChildren(minute(traffic));
  byId('charts').replaceChildren(...traffic.Endpoints.map(chart));
  const faulted = sum(traffic.Faulted);
  setText('no-traffic', sum(traffic.Calls) === 0 ? 'No calls in the last minute.' : faulted > 0 ? `Faults struck ${plural(faulted, 'call')} in the last minute.` : '');
}
