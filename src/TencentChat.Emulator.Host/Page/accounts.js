import { announce, byId, call, count, dateOf, element, holder, labelled, reason, row, setText } from './dom.js';

const shownAtOnce = 50;

// The service waits while a million accounts are searched, so that is done the more rarely the longer it takes.
const restPerWork = 20;

let names = [];
let prefix = '';
let skip = 0;
let shown;
let question = 0;
let notBefore = 0;
let opened = null;

export function setNames(values) {
  names = values;
}

// ---- The list

function accountRow({ UserID, Attributes, Tags }) {
  const open = element('button', UserID, 'link');
  open.type = 'button';
  open.dataset.id = UserID;
  open.setAttribute('aria-haspopup', 'dialog');
  return row(
    holder('td', 'id', open),
    ...names.map(name => labelled(name, Object.hasOwn(Attributes, name) ? Attributes[name] : '')),
    labelled('tags', Tags.join(', ')));
}

function header(name) {
  const cell = element('th', name);
  cell.scope = 'col';
  return cell;
}

function noteOf({ AccountCount, HasMore, Accounts }) {
  const that = prefix ? ` that begin with '${prefix}'` : '';
  if (Accounts.length === 0) return prefix ? `No account begins with '${prefix}'.` : 'No more accounts.';
  const range = `${count(skip + 1)} to ${count(skip + Accounts.length)}`;
  if (!prefix) return `${range} of ${count(AccountCount)}`;
  return HasMore ? `${range} of those${that}, and there are more` : `${range}, all${that}`;
}

function show(answer) {
  const text = JSON.stringify([answer, names, prefix, skip]);
  if (text === shown) return;
  shown = text;
  const focused = document.activeElement?.closest('#accounts') ? document.activeElement.dataset.id : null;
  byId('account-columns').replaceChildren(...['UserID', ...names, 'Tags'].map(header));
  byId('accounts').replaceChildren(...answer.Accounts.map(accountRow));
  if (focused !== null) [...byId('accounts').querySelectorAll('button')].find(button => button.dataset.id === focused)?.focus();
  // Not disabled, which would take the focus away from whoever pages with the keyboard.
  byId('previous').setAttribute('aria-disabled', String(skip === 0));
  byId('next').setAttribute('aria-disabled', String(!answer.HasMore));
  setText('accounts-note', noteOf(answer));
}

async function load() {
  const number = ++question;
  const began = performance.now();
  const answer = await call(`/accounts?max=${shownAtOnce}&skip=${skip}&prefix=${encodeURIComponent(prefix)}`);
  notBefore = performance.now() + restPerWork * (performance.now() - began);
  // Answers may overtake each other; only the last question counts.
  return () => { if (number === question) show(answer); };
}

/** Asks for the list, unless it was asked for a moment ago; what comes back shows it. */
export async function loadAccounts() {
  const list = performance.now() < notBefore ? () => {} : await load();
  const account = opened === null ? () => {} : await loadOpened();
  return () => { list(); account(); };
}

export function forgetAccounts() {
  skip = 0;
  notBefore = 0;
}

async function goTo(place) {
  skip = Math.max(0, place);
  (await load())();
  announce(`Accounts ${byId('accounts-note').textContent}`);
}

// ---- One account

const heading = text => element('h3', text);

function valuesPart(title, values) {
  const known = [...new Set([...names, ...Object.keys(values)])];
  if (known.length === 0) return [heading(title), element('p', 'The app has no attribute names.', 'quiet')];
  const list = holder('dl', 'values', ...known.map(name => {
    const isSet = Object.hasOwn(values, name);
    return holder('div', '', element('dt', name), element('dd', isSet ? values[name] : 'not set', isSet ? '' : 'quiet'));
  }));
  return [heading(title), list];
}

function tagsPart(title, tags) {
  return [heading(title), tags.length === 0 ? element('p', 'None.', 'quiet') : holder('ul', 'tags', ...tags.map(tag => element('li', tag)))];
}

function otherPart({ Nick, FaceUrl, IsImported, KickedAt }) {
  const facts = [['Imported', IsImported ? 'yes' : 'no'], ['Nickname', Nick], ['Picture', FaceUrl], ['Logins invalid since (UTC)', KickedAt && dateOf(KickedAt)]];
  return [heading('Account'), holder('dl', 'values', ...facts.filter(([, value]) => value).map(([name, value]) =>
    holder('div', '', element('dt', name), element('dd', value))))];
}

function partsOf(account) {
  return [
    ...valuesPart('Attributes', account.Attributes),
    ...tagsPart('Tags', account.Tags),
    ...(account.PushServiceAttributes ? valuesPart('Attributes of the Push service', account.PushServiceAttributes) : []),
    ...(account.PushServiceTags ? tagsPart('Tags of the Push service', account.PushServiceTags) : []),
    ...otherPart(account),
  ];
}

async function loadOpened() {
  const id = opened;
  let parts;
  let text;
  try {
    const account = await call(`/account?id=${encodeURIComponent(id)}`);
    text = JSON.stringify([account, names]);
    parts = () => partsOf(account);
  } catch (error) {
    if (error.status !== 404) throw error;
    text = 'gone';
    parts = () => [element('p', 'There is no such account any more.')];
  }

  return () => {
    if (opened !== id || byId('account-parts').dataset.shown === text) return;
    byId('account-parts').dataset.shown = text;
    byId('account-parts').replaceChildren(...parts());
  };
}

async function open(id) {
  opened = id;
  byId('account-parts').dataset.shown = '';
  byId('account-parts').replaceChildren();
  byId('account-title').textContent = id;
  try {
    (await loadOpened())();
  } catch (error) {
    byId('account-parts').replaceChildren(element('p', reason(error), 'error'));
  }

  byId('account').showModal();
}

// ---- What people do

export function listenForAccounts(report) {
  const change = place => goTo(place).catch(report);
  byId('search').addEventListener('input', () => {
    prefix = byId('search').value;
    change(0);
  });
  byId('previous').addEventListener('click', () => { if (skip > 0) change(skip - shownAtOnce); });
  byId('next').addEventListener('click', () => { if (byId('next').getAttribute('aria-disabled') !== 'true') change(skip + shownAtOnce); });
  byId('accounts').addEventListener('click', ({ target }) => {
    const button = target.closest('button');
    if (button) open(button.dataset.id);
  });
  byId('account').addEventListener('close', () => {
    const id = opened;
    opened = null;
    // A refresh may have made the button anew that opened it.
    [...byId('accounts').querySelectorAll('button')].find(button => button.dataset.id === id)?.focus();
  });
  byId('account-close').addEventListener('click', () => byId('account').close());
}
