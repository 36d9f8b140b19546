import { announce, byId, call, count, element, holder, labelled, plural, row, setText, timeOf } from './dom.js';

const shownAtOnce = 40;
const namesInARow = 4;

let meanings = new Map();
let filter = '';
let resets;
let lastSeen = 0;
let latest;

export async function loadMeanings() {
  const { Codes } = await call('/codes');
  meanings = new Map(Codes.map(({ Code, Text }) => [Code, Text]));
}

const meaningOf = code => (code === 0 ? 'success' : meanings.get(code) ?? 'a code without a text here');

function accountsOf(entry) {
  const shown = entry.Accounts.slice(0, namesInARow).join(', ');
  const more = entry.AccountCount - Math.min(entry.Accounts.length, namesInARow);
  if (more === 0) return shown;
  return shown ? `${shown} and ${count(more)} more` : count(more);
}

function codeCell({ Code }) {
  if (Code === null) return element('td', 'no code', 'code error');
  if (Code === 0) return element('td', '0', 'code ok');
  return holder('td', 'code', element('span', String(Code), 'error'), element('span', ` ${meaningOf(Code)}`, 'quiet'));
}

function requestRow(entry) {
  const isSent = entry.HttpStatus !== null;
  return row(
    element('td', timeOf(entry.Time), 'time'),
    element('td', entry.Endpoint ?? `${entry.Method} ${entry.Path}`, 'command'),
    codeCell(entry),
    labelled('HTTP', isSent ? String(entry.HttpStatus) : 'no answer', entry.HttpStatus === 200 ? 'usual' : 'error'),
    labelled('fault', entry.Fault ?? '', 'fault'),
    labelled('work', entry.WorkDone ? 'done' : '', 'usual'),
    element('td', accountsOf(entry), 'accounts'));
}

// ---- The filter

const isOfFilter = ({ Code }) => {
  if (filter === 'none') return Code === null;
  return filter !== 'error' && filter !== '' ? Code === Number(filter) : true;
};

function optionsOf(totals) {
  const codes = new Set(totals.map(({ Code }) => Code).filter(code => code !== null));
  if (/^-?\d+$/.test(filter)) codes.add(Number(filter));
  return [
    ['', 'all requests'], ['error', 'all but success'], ['none', 'no code: lost on the way'],
    ...[...codes].sort((a, b) => a - b).map(code => [String(code), `${code}: ${meaningOf(code)}`]),
  ];
}

function showFilter(stats) {
  const select = byId('code');
  const options = optionsOf(stats.Totals);
  // An open list must not close while somebody looks at it.
  if ([...select.options].map(option => option.value).join() !== options.map(([value]) => value).join()) {
    select.replaceChildren(...options.map(([value, text]) => Object.assign(element('option', text), { value })));
    select.value = filter;
  }

  const calls = stats.Totals.filter(isOfFilter).reduce((total, { Calls }) => total + Calls, 0);
  const isOne = filter !== '' && filter !== 'error';
  setText('requests-note', stats.Calls === 0 ? 'No request came.' : isOne ? `${count(calls)} of ${plural(stats.Calls, 'request')}.` : '');
}

export function chooseCode(value) {
  filter = value;
  resets = undefined;
  announce(`Requests: ${byId('code').selectedOptions[0].textContent}`);
}

/** Asks for what is new; what comes back shows it. */
export async function loadRequests(stats = latest) {
  latest = stats;
  const wanted = filter;
  const after = stats.Resets === resets ? lastSeen : 0;
  const { Count, Entries } = await call(`/journal?after=${after}&max=${shownAtOnce}&code=${encodeURIComponent(wanted)}`);
  return () => {
    if (wanted !== filter) return;
    const table = byId('requests');
    if (stats.Resets !== resets) {
      resets = stats.Resets;
      lastSeen = 0;
      table.replaceChildren();
    }

    showFilter(stats);
    // Two refreshes may have asked at once.
    const fresh = Entries.filter(entry => entry.Sequence > lastSeen);
    lastSeen = Math.max(lastSeen, Count, fresh.at(-1)?.Sequence ?? 0);
    table.prepend(...fresh.map(requestRow).reverse());
    while (table.rows.length > shownAtOnce) table.lastElementChild.remove();
  };
}
