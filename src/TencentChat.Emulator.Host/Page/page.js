// What callers sent is shown as text and nothing else: elements are made here, their words set through textContent.

const root = '/_emulator';
const requestsShown = 40;
const accountsShown = 50;
const namesInARow = 4;
const refreshMs = 1000;
const chartHeight = 76;
const barStep = 4;

const byId = id => document.getElementById(id);
const count = new Intl.NumberFormat('en');

function element(tag, text, className) {
  const made = document.createElement(tag);
  made.textContent = text ?? '';
  if (className) made.className = className;
  return made;
}

function shape(tag, attributes) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

function row(...cells) {
  const made = document.createElement('tr');
  made.append(...cells);
  return made;
}

async function call(path, method = 'GET', body) {
  const response = await fetch(root + path, {
    method,
    headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  const answer = text ? JSON.parse(text) : null;
  if (!response.ok) throw new Error(answer?.Error ?? `HTTP ${response.status}`);
  return answer;
}

// ---- Traffic

/** One chart: columns of values, each column the parts of one second from the bottom up. */
function chart(title, columns, classOf, limit, now, of) {
  const peak = Math.max(limit, 1, ...columns.map(parts => parts.reduce((sum, part) => sum + part, 0)));
  // A little air above the limit, so that its line is seen.
  const scale = (chartHeight - 6) / peak;
  const picture = shape('svg', { viewBox: `0 0 ${columns.length * barStep} ${chartHeight}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': `${title}: ${now} ${of}` });
  columns.forEach((parts, second) => {
    let top = chartHeight;
    parts.forEach((value, part) => {
      const height = value * scale;
      if (height === 0) return;
      top -= height;
      picture.append(shape('rect', { x: second * barStep, y: top, width: barStep - 1, height, class: `bar ${classOf(value, part)}` }));
    });
  });
  if (limit > 0) {
    const y = chartHeight - limit * scale;
    picture.append(shape('line', { x1: 0, x2: columns.length * barStep, y1: y, y2: y, class: 'limit' }));
  }

  const caption = document.createElement('figcaption');
  caption.append(element('span', title), element('span', now, 'now'), element('span', of, 'of'));
  const figure = document.createElement('figure');
  figure.append(caption, picture);
  return figure;
}

function showTraffic({ Endpoints, Throttled, Faulted }) {
  const charts = Endpoints.map(({ Name, Limit, Passed }) => chart(
    Name, Passed.map(calls => [calls]), calls => (Limit > 0 && calls >= Limit ? 'full' : ''), Limit,
    `${count.format(Passed.at(-1))}/s`, Limit > 0 ? `limit ${count.format(Limit)}` : 'no limit'));
  if ([...Throttled, ...Faulted].some(calls => calls > 0)) {
    charts.push(chart(
      'trouble', Throttled.map((calls, second) => [calls, Faulted[second]]), (_, part) => (part === 0 ? 'throttled' : 'faulted'), 0,
      `${count.format(Throttled.at(-1))}/s throttled,`, `${count.format(Faulted.at(-1))}/s faults`));
  }

  byId('charts').replaceChildren(...charts);
  byId('no-traffic').hidden = charts.length > 0;
}

// ---- Head and names

let names = [];

function showStats(stats) {
  byId('app').textContent = stats.SdkAppId;
  byId('plan').textContent = stats.Plan.toLowerCase();
  byId('clock').textContent = stats.Clock.slice(0, 19).replace('T', ' ');
  byId('calls').textContent = count.format(stats.Calls);
  byId('account-count').textContent = count.format(stats.Accounts);
  const slots = Object.entries(stats.AttributeNames);
  names = slots.map(([, name]) => name);
  byId('names').replaceChildren(...slots.map(([slot, name]) => row(element('td', slot), element('td', name))));
  byId('no-names').hidden = slots.length > 0;
  showTraffic(stats.Traffic);
}

// ---- Requests

let lastSequence = 0;

function accountsOf(entry) {
  const shown = entry.Accounts.slice(0, namesInARow).join(', ');
  const more = entry.AccountCount - Math.min(entry.Accounts.length, namesInARow);
  if (more === 0) return shown;
  return shown ? `${shown} and ${count.format(more)} more` : count.format(more);
}

function requestRow(entry) {
  const code = entry.Code === null ? 'none' : String(entry.Code);
  return row(
    element('td', new Date(entry.Time).toISOString().slice(11, 23)),
    element('td', entry.Endpoint ?? `${entry.Method} ${entry.Path}`),
    element('td', code, entry.Code === 0 ? 'ok' : 'error'),
    element('td', entry.HttpStatus === null ? 'no answer' : String(entry.HttpStatus), entry.HttpStatus === 200 ? '' : 'error'),
    element('td', entry.Fault ?? '', 'fault'),
    element('td', entry.WorkDone ? 'done' : ''),
    element('td', accountsOf(entry)));
}

async function showRequests(calls) {
  const table = byId('requests');
  if (calls < lastSequence) {
    // The emulator was reset: its count began anew.
    lastSequence = 0;
    table.replaceChildren();
  }

  const after = Math.max(lastSequence, calls - requestsShown);
  const { Entries } = await call(`/journal?after=${after}&max=${requestsShown}`);
  // Two refreshes may have asked at once.
  const fresh = Entries.filter(entry => entry.Sequence > lastSequence);
  if (fresh.length === 0) return;
  lastSequence = fresh.at(-1).Sequence;
  table.prepend(...fresh.map(requestRow).reverse());
  while (table.rows.length > requestsShown) table.lastElementChild.remove();
}

// ---- Accounts

let search = 0;

async function showAccounts() {
  const number = ++search;
  const text = byId('search').value;
  const { Accounts, AccountCount } = await call(`/accounts?max=${accountsShown}&search=${encodeURIComponent(text)}`);
  // Answers may overtake each other; only the last question counts.
  if (number !== search) return;
  const columns = names;
  byId('account-columns').replaceChildren(...['UserID', ...columns].map(name => {
    const cell = element('th', name);
    cell.scope = 'col';
    return cell;
  }));
  byId('accounts').replaceChildren(...Accounts.map(account => row(
    element('td', account.UserID), ...columns.map(name => element('td', Object.hasOwn(account.Attributes, name) ? account.Attributes[name] : '')))));
  const isCut = Accounts.length === accountsShown && Accounts.length < AccountCount;
  byId('accounts-note').textContent = isCut
    ? `The first ${accountsShown}${text ? ' that fit' : ''}; the app has ${count.format(AccountCount)}.`
    : `${count.format(Accounts.length)} of ${count.format(AccountCount)}.`;
}

// ---- Faults

const faultRows = new Map();

function sayFault(error) {
  byId('fault-error').textContent = error?.message ?? '';
}

async function change(path, method, body) {
  try {
    await call(path, method, body);
    sayFault();
    return true;
  } catch (error) {
    sayFault(error);
    return false;
  } finally {
    await showFaults().catch(sayFault);
  }
}

function textOf({ Fault, Limit }) {
  return Limit === null ? Fault : `${Fault}, ${count.format(Limit)} at most`;
}

function faultRow(fault) {
  const { Id } = fault;
  const text = textOf(fault);
  const onOff = document.createElement('input');
  onOff.type = 'checkbox';
  onOff.setAttribute('aria-label', `${text} on`);
  onOff.addEventListener('change', () => change(`/faults/${Id}`, 'POST', { IsEnabled: onOff.checked }));
  const remove = element('button', 'Remove');
  remove.type = 'button';
  remove.setAttribute('aria-label', `Remove ${text}`);
  remove.addEventListener('click', () => change(`/faults/${Id}`, 'DELETE'));
  const cells = ['', text, '', ''].map(words => element('td', words));
  cells[0].append(onOff);
  cells[2].className = cells[3].className = 'number';
  cells[3].append(remove);
  return { line: row(...cells), text, onOff, struck: cells[2] };
}

/** Rows stay what they are as long as their fault does, so that a refresh takes no focus away. */
async function showFaults() {
  const { Faults } = await call('/faults');
  const isNow = new Map(Faults.map(fault => [fault.Id, textOf(fault)]));
  for (const [id, shown] of faultRows) {
    if (isNow.get(id) === shown.text) continue;
    shown.line.remove();
    faultRows.delete(id);
  }

  for (const fault of Faults) {
    if (!faultRows.has(fault.Id)) {
      faultRows.set(fault.Id, faultRow(fault));
      byId('faults').append(faultRows.get(fault.Id).line);
    }

    const { onOff, struck } = faultRows.get(fault.Id);
    onOff.checked = fault.IsEnabled;
    struck.textContent = count.format(fault.Strikes);
  }
}

// ---- Together

function say(text, className) {
  const status = byId('status');
  if (status.textContent !== text) status.textContent = text;
  status.className = className;
}

async function refresh() {
  try {
    const stats = await call('/stats');
    showStats(stats);
    await Promise.all([showRequests(stats.Calls), showAccounts(), showFaults()]);
    say('live', 'live');
  } catch (error) {
    say(error instanceof TypeError ? 'the emulator cannot be reached' : error.message, 'lost');
  }
}

async function keepFresh() {
  // A page nobody sees asks for nothing.
  if (!document.hidden) await refresh();
  setTimeout(keepFresh, refreshMs);
}

byId('search').addEventListener('input', () => showAccounts().catch(() => {}));
byId('add-fault').addEventListener('submit', async submitted => {
  submitted.preventDefault();
  if (await change('/faults', 'POST', { Fault: byId('fault').value.trim() })) byId('fault').value = '';
});
document.addEventListener('visibilitychange', () => { if (!document.hidden) refresh(); });
keepFresh();
