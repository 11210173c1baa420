import { renderDuration } from '../../base/parse-duration.ts';
import type { GatewayEvent } from '../../gateway/events/gateway-event.ts';
import type { Paint } from '../terminal/create-terminal.ts';
import { sanitize } from '../terminal/sanitize.ts';

/** For whoever watches: a line for each event; undefined for what is said in another way. */
export function renderEvent(event: GatewayEvent, paint: Paint): string | undefined {
  const { session = '', time } = event;
  const told = describe(event, paint);
  if (told === undefined) return undefined;
  const who = session === '' ? '' : `${paint('dim', session.slice(-4))}  `;
  return `${paint('dim', time.slice(11, 19))}  ${who}${told}`;
}

function describe(event: GatewayEvent, paint: Paint): string | undefined {
  switch (event.event) {
    case 'listening':
      return undefined;
    case 'login':
      return `${paint('bold', sanitize(event.login))} from ${event.client}: ${sanitize(event.session ?? '')}`;
    case 'refused':
      return `${paint('yellow', `refused ${event.code}`)}  ${sanitize(event.message)}, from ${event.client}`;
    case 'hook': {
      const { hook, plugin, kind, verdict, durationMs } = event;
      const result = kind === 'returned' ? (verdict ?? kind) : kind;
      const isBad = kind !== 'returned' || verdict === 'DENY';
      const named = `${hook} of ${sanitize(plugin)}`;
      return `${named}  ${paint(isBad ? 'red' : 'green', result)}  ${renderDuration(durationMs)}`;
    }
    case 'question':
      return `asks for ${sanitize(event.key)}`;
    case 'target': {
      const { host, port, hostKey, known } = event;
      const key = known === true ? 'known key' : known === 'changed' ? paint('red', 'changed key') : 'new key';
      return `target ${sanitize(host)}:${port}  ${key} ${hostKey}`;
    }
    case 'credential':
      return `${event.kind} ${event.accepted ? paint('green', 'accepted') : 'refused'}`;
    case 'connected':
      return paint('green', 'connected');
    case 'channel': {
      const { n, type, command, exitStatus, signal, bytesIn, bytesOut, refused } = event;
      const what = `channel ${n}  ${type}${command === null ? '' : ` ${sanitize(command)}`}`;
      const end = refused === true ? 'refused' : signal === null ? `exit ${exitStatus ?? '-'}` : signal;
      return `${what}  ${end}  ${bytesIn} bytes in, ${bytesOut} out`;
    }
    case 'problem':
      return `${paint(event.level === 'error' ? 'red' : 'yellow', event.code)}  ${sanitize(event.message)}`;
    case 'ended':
      return `ended ${event.ended}: ${sanitize(event.reason)}, after ${renderDuration(event.durationMs)}`;
    case 'stopping':
      return `stopping: ${event.signal}`;
  }
}
