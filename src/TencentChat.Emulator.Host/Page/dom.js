// What callers sent is shown as text and nothing else: elements are made here, their words set through textContent.

const root = '/_emulator';
const plain = new Intl.NumberFormat('en');

export const byId = id => document.getElementById(id);

export const count = number => plain.format(number);

export const plural = (number, word) => `${count(number)} ${word}${number === 1 ? '' : 's'}`;

export function element(tag, text, className) {
  const made = document.createElement(tag);
  made.textContent = text ?? '';
  if (className) made.className = className;
  return made;
}

export function holder(tag, className, ...children) {
  const made = element(tag, '', className);
  made.append(...children);
  return made;
}

export function shape(tag, attributes) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

export const row = (...cells) => holder('tr', '', ...cells);

/** A cell that tells its column's name where a narrow screen has no columns. */
export function labelled(label, text, className) {
  const made = element('td', text, className);
  made.dataset.label = label;
  return made;
}

export function setText(id, text) {
  if (byId(id).textContent !== text) byId(id).textContent = text;
}

/** Tells those who hear the page what came of what they did; what changes by itself every second is not told. */
export function announce(text) {
  byId('said').textContent = text;
}

export const timeOf = time => new Date(time).toISOString().slice(11, 23);

export const dateOf = time => new Date(time).toISOString().slice(0, 19).replace('T', ' ');

export async function call(path, method = 'GET', body) {
  const response = await fetch(root + path, {
    method,
    headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  const answer = text ? JSON.parse(text) : null;
  if (!response.ok) throw Object.assign(new Error(answer?.Error ?? `HTTP ${response.status}`), { status: response.status });
  return answer;
}

export const reason = error => (error instanceof TypeError ? 'the emulator cannot be reached' : error.message);
