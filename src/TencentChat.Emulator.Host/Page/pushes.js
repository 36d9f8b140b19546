import { byId, call, count, dateOf, element, holder, labelled, plural, row, setText } from './dom.js';

const shownAtOnce = 20;
const namesShown = 20;

let shown;

function audienceCell({ AudienceCount, Accounts }) {
  const cell = labelled('audience', '');
  const text = plural(AudienceCount, 'account');
  if (AudienceCount === 0) {
    cell.append(element('span', text));
    return cell;
  }

  const more = AudienceCount - Accounts.length;
  const names = Accounts.join(', ') + (more > 0 ? ` and ${count(more)} more` : '');
  cell.append(holder('details', '', element('summary', text), element('p', names)));
  return cell;
}

function stateOf({ RevokedAt, Repeats, IsOnlineOnly }) {
  return [
    RevokedAt === null ? 'sent' : `revoked ${dateOf(RevokedAt)}`,
    ...(Repeats > 0 ? [`${plural(Repeats, 'repeated call')} taken for it`] : []),
    ...(IsOnlineOnly ? ['for those online only'] : []),
  ].join('; ');
}

function pushRow(push) {
  return row(
    element('td', dateOf(push.Time), 'time'),
    element('td', `${push.Service}/${push.Endpoint}`, 'command'),
    labelled('text', push.Text, 'said'),
    labelled('for', push.Audience, 'for'),
    audienceCell(push),
    labelled('state', stateOf(push), push.RevokedAt === null ? '' : 'fault'),
    labelled('TaskId', push.TaskId, 'task'));
}

export async function loadPushes({ PushCount }) {
  const { Pushes } = PushCount === 0 ? { Pushes: [] } : await call(`/pushes?max=${shownAtOnce}&accounts=${namesShown}`);
  return () => {
    const text = JSON.stringify(Pushes);
    if (text === shown) return;
    shown = text;
    byId('pushes').replaceChildren(...Pushes.map(pushRow).reverse());
    byId('pushes-scroll').hidden = Pushes.length === 0;
    byId('no-pushes').hidden = Pushes.length > 0;
    setText('pushes-title', PushCount > Pushes.length ? `Last ${Pushes.length} of ${count(PushCount)} pushes` : 'Last pushes');
  };
}
