import { forgetAccounts, listenForAccounts, loadAccounts, setNames } from './accounts.js';
import { announce, byId, call, count, dateOf, element, reason, row, setText } from './dom.js';
import { listenForFaults, loadFaults } from './faults.js';
import { loadPushes } from './pushes.js';
import { chooseCode, loadMeanings, loadRequests } from './requests.js';
import { showTraffic } from './traffic.js';

const refreshMs = 1000;

let isPaused = false;

function say(text, className) {
  setText('status', text);
  byId('status').className = className;
}

const report = error => say(reason(error), 'lost');

function showStats(stats) {
  setText('app', String(stats.SdkAppId));
  setText('plan', stats.Plan.toLowerCase());
  setText('clock', dateOf(stats.Clock));
  setText('calls', count(stats.Calls));
  setText('account-count', count(stats.Accounts));
  setText('tag-count', count(stats.TagCount));
  setText('push-count', count(stats.PushCount));
  const slots = Object.entries(stats.AttributeNames);
  setNames(slots.map(([, name]) => name));
  byId('names').replaceChildren(...slots.map(([slot, name]) => row(element('td', slot), element('td', name))));
  byId('no-names').hidden = slots.length > 0;
  showTraffic(stats.Traffic);
}

/** All is asked for first and shown together, so that the view is of one moment, and stands still at once when it is paused. */
async function refresh() {
  try {
    const stats = await call('/stats');
    const shows = await Promise.all([loadRequests(stats), loadPushes(stats), loadAccounts(), loadFaults()]);
    if (isPaused) return;
    showStats(stats);
    for (const show of shows) show();
    say('live', 'live');
  } catch (error) {
    if (!isPaused) report(error);
  }
}

async function keepFresh() {
  // A page nobody sees asks for nothing.
  if (!document.hidden && !isPaused) await refresh();
  setTimeout(keepFresh, refreshMs);
}

function pause(isWanted) {
  isPaused = isWanted;
  byId('pause').textContent = isPaused ? 'Resume view' : 'Pause view';
  if (isPaused) {
    say('view paused, the emulator goes on', 'paused');
  } else {
    say('live', 'live');
    refresh();
  }
}

async function reset() {
  try {
    await call('/reset', 'POST');
  } catch (error) {
    setText('reset-error', reason(error));
    return;
  }

  byId('reset-question').close();
  forgetAccounts();
  pause(false);
  announce('The emulator was reset.');
}

byId('pause').addEventListener('click', () => pause(!isPaused));
byId('reset').addEventListener('click', () => {
  setText('reset-error', '');
  byId('reset-question').showModal();
});
byId('reset-no').addEventListener('click', () => byId('reset-question').close());
byId('reset-yes').addEventListener('click', reset);
byId('code').addEventListener('change', async () => {
  chooseCode(byId('code').value);
  try {
    (await loadRequests())();
  } catch (error) {
    report(error);
  }
});
listenForAccounts(report);
listenForFaults();
document.addEventListener('visibilitychange', () => { if (!document.hidden && !isPaused) refresh(); });
loadMeanings().catch(report).finally(keepFresh);
