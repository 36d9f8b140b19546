import { announce, byId, call, count, element, reason, row } from './dom.js';

const shown = new Map();

function sayFault(error) {
  byId('fault-error').textContent = error ? reason(error) : '';
}

async function change(path, method, body, done) {
  try {
    await call(path, method, body);
    sayFault();
    announce(done);
    return true;
  } catch (error) {
    sayFault(error);
    return false;
  } finally {
    await loadFaults().then(show => show(), sayFault);
  }
}

function textOf({ Fault, Limit }) {
  return Limit === null ? Fault : `${Fault}, ${count(Limit)} at most`;
}

function faultRow(fault) {
  const { Id } = fault;
  const text = textOf(fault);
  const onOff = document.createElement('input');
  onOff.type = 'checkbox';
  onOff.setAttribute('aria-label', `${text} on`);
  onOff.addEventListener('change', () => change(`/faults/${Id}`, 'POST', { IsEnabled: onOff.checked }, `Fault ${text} is ${onOff.checked ? 'on' : 'off'}.`));
  const remove = element('button', 'Remove');
  remove.type = 'button';
  remove.setAttribute('aria-label', `Remove ${text}`);
  remove.addEventListener('click', async () => {
    await change(`/faults/${Id}`, 'DELETE', undefined, `Fault ${text} is removed.`);
    byId('fault').focus();
  });
  const cells = ['', text, '', ''].map(words => element('td', words));
  cells[0].append(onOff);
  cells[2].className = cells[3].className = 'number';
  cells[3].append(remove);
  return { line: row(...cells), text, onOff, struck: cells[2] };
}

/** Rows stay what they are as long as their fault does, so that a refresh takes no focus away. */
function show(faults) {
  const isNow = new Map(faults.map(fault => [fault.Id, textOf(fault)]));
  for (const [id, { line, text }] of shown) {
    if (isNow.get(id) === text) continue;
    line.remove();
    shown.delete(id);
  }

  for (const fault of faults) {
    if (!shown.has(fault.Id)) {
      shown.set(fault.Id, faultRow(fault));
      byId('faults').append(shown.get(fault.Id).line);
    }

    const { onOff, struck } = shown.get(fault.Id);
    onOff.checked = fault.IsEnabled;
    struck.textContent = count(fault.Strikes);
  }
}

export async function loadFaults() {
  const { Faults } = await call('/faults');
  return () => show(Faults);
}

export function listenForFaults() {
  byId('add-fault').addEventListener('submit', async submitted => {
    submitted.preventDefault();
    const text = byId('fault').value.trim();
    if (await change('/faults', 'POST', { Fault: text }, `Fault ${text} is added.`)) byId('fault').value = '';
  });
}
