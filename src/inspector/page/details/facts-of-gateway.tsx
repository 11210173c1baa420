import { showBytes, showValue, visible } from '../parts/visible.ts';
import type { Mapping, Value } from '../state/step.ts';

type Fact = [name: string, value: preact.ComponentChild];

/** What a gateway tells of a connection, as far as it knows. Source: gateway contract, "What is kept and told". */
export function factsOfGateway({ target, channels, ...others }: Mapping): Fact[] {
  const names: Record<string, string> = {
    client: 'Client',
    clientVersion: 'Client version',
    login: 'Login',
    credential: 'Credential',
    startedAt: 'Started',
    connectedAt: 'Connected',
    endedAt: 'Ended at',
    reason: 'Reason',
  };
  const rest = Object.entries(others)
    .filter(([, value]) => value !== null)
    .map(([name, value]): Fact => [names[name] ?? visible(name), <bdi>{showText(value)}</bdi>]);
  const facts = isMapping(target) ? [...factsOfTarget(target), ...rest] : rest;
  if (!Array.isArray(channels) || channels.length === 0) return facts;
  return [...facts, ['Channels', <Channels channels={channels.filter(isMapping)} />]];
}

function factsOfTarget({ user, host, port, hostKey }: Mapping): Fact[] {
  const name = `${showText(user)}@${showText(host)}:${showText(port)}`;
  const key = hostKey === undefined || hostKey === null ? [] : [['Host key', <code>{showText(hostKey)}</code>] as Fact];
  return [['Target', <bdi>{name}</bdi>], ...key];
}

function Channels({ channels }: { channels: readonly Mapping[] }): preact.JSX.Element {
  return (
    <details>
      <summary>{channels.length}</summary>
      <div class="box" tabIndex={0} role="group" aria-label="Channels">
        <table aria-label="Channels">
          <thead>
            <tr>
              {['#', 'Type', 'Command', 'Exit', 'In', 'Out', 'Recording'].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {channels.map(({ n, type, command, exitStatus, signal, bytesIn, bytesOut, recording, refused }, index) => (
              <tr key={index}>
                <td>{showText(n)}</td>
                <td>{showText(type)}</td>
                <td>
                  <code>{showText(command)}</code>
                </td>
                <td>{refused === true ? 'refused' : showText(signal ?? exitStatus)}</td>
                <td>{showBytes(bytesIn)}</td>
                <td>{showBytes(bytesOut)}</td>
                <td>{showText(recording)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function showText(value: Value | undefined): string {
  if (value === null || value === undefined) return '–';
  return typeof value === 'string' ? visible(value) : showValue(value);
}

function isMapping(value: Value | undefined): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
