import { error, type Problem, warning } from '../../base/problem.ts';
import { inClear, type Telling } from '../../targets/matching/telling.ts';
import type { Connection } from '../invocation/connection.ts';
import type { Plugin } from '../plugin/plugin.ts';
import type { OpenBackends } from './open-backends.ts';

/** What is wrong with what a plugin asked of others while it had backends. */
export function describeConnections(
  connections: readonly Connection[],
  unmatched: readonly Telling[],
  { addresses, running }: Pick<OpenBackends, 'addresses' | 'running'>,
  plugin: Pick<Plugin, 'isLegacy'>,
): Problem[] {
  const isLegacy = plugin.isLegacy === true && running !== undefined;
  return [
    ...(isLegacy ? [outOfReach('a plugin of Python 2')] : []),
    ...connections.flatMap((each) => {
      if ('program' in each) return outOfReach(each.program);
      return 'recorded' in each ? [] : unknown(each, addresses);
    }),
    ...unmatched.map((tell) =>
      error('BACKEND_UNMATCHED', tell(inClear), 'Describe it under `backends:`, or correct the plugin.'),
    ),
  ];
}

function unknown(
  { host, port, transport }: Extract<Connection, { transport: string }>,
  addresses: readonly string[],
): Problem {
  const where = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const known = addresses.length === 0 ? 'There are none.' : `There are ${addresses.join(', ')}.`;
  return error(
    'BACKEND_UNKNOWN',
    `the plugin wanted to reach ${where}${transport === 'udp' ? ' over UDP' : ''}, and no backend is there: the connection was refused`,
    `Describe it under \`backends:\` with this address. ${known}`,
  );
}

function outOfReach(program: string): Problem {
  return warning(
    'BACKEND_OUT_OF_REACH',
    `${program} connects by itself: what it asks does not come to the backends, it goes to the network`,
    'Backends are for what the plugin does with the modules of its language: docs/backends.md.',
  );
}
