import { isJsonObject, type Json, type JsonObject } from '../../../base/json.ts';
import type { ShownFacts } from '../../../sps/store/session-facts.ts';
import type { Paint } from '../../terminal/create-terminal.ts';
import { renderTable } from '../../terminal/render-table.ts';
import { sanitize } from '../../terminal/sanitize.ts';
import { renderEnd } from './render-end.ts';

/** What is known of a session as a whole: how it ended and for whom and, of a real login, client, target and channels. Empty when nothing is known. */
export function renderFacts({ ended, gatewayUser, gatewayGroups, gateway }: ShownFacts, paint: Paint): string {
  const end = ended === null ? [] : [renderEnd({ ended, gatewayUser, gatewayGroups }, paint)];
  if (gateway === undefined) return end.join('\n');
  const { client, clientVersion, reason, channels } = gateway;
  const rows = [
    ['client', joined([textOf(client), textOf(clientVersion)])],
    ['target', renderTarget(gateway)],
    ['ended', textOf(reason)],
  ].filter(([, text]) => text !== '');
  const lines = rows.map(([name = '', text = '']) => `  ${paint('dim', name.padEnd('client'.length))}  ${text}`);
  return [...(end.length > 0 ? end : ['running']), ...lines, ...renderChannels(channels, paint)].join('\n');
}

function renderTarget({ target, credential }: JsonObject): string {
  if (!isJsonObject(target)) return '';
  const { user, host, port, hostKey } = target;
  const by = typeof credential === 'string' ? `by ${textOf(credential)}` : '';
  return joined([`${textOf(user)}@${textOf(host)}:${textOf(port)}`, by, textOf(hostKey)]);
}

function renderChannels(channels: Json | undefined, paint: Paint): string[] {
  if (!Array.isArray(channels) || channels.length === 0) return [];
  const rows = channels
    .filter(isJsonObject)
    .map(({ n, type, command, exitStatus, signal, refused, bytesIn, bytesOut, recording }) => [
      textOf(n),
      textOf(type),
      textOf(command),
      refused === true ? 'refused' : textOf(signal ?? exitStatus),
      textOf(bytesIn),
      textOf(bytesOut),
      textOf(recording),
    ]);
  const head = ['channel', 'type', 'command', 'exit', 'bytes in', 'bytes out', 'recording'];
  return [
    '',
    ...renderTable(head, rows, paint)
      .split('\n')
      .map((line) => `  ${line}`),
  ];
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(', ');
}

/** Empty for null and for what is not there. */
function textOf(value: Json | undefined): string {
  if (value === null || value === undefined) return '';
  return sanitize(typeof value === 'string' ? value : JSON.stringify(value));
}
