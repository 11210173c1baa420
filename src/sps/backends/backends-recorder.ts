import { getCACertificates } from 'node:tls';
import { ownAuthority } from '../../targets/http/own-authority.ts';
import { TargetRecords } from '../../targets/matching/target-records.ts';
import { startTrafficRecorder, type TrafficRecorder } from '../../targets/recording/start-traffic-recorder.ts';
import type { Connection } from '../invocation/connection.ts';
import type { RunningBackends } from './running-backends.ts';

/** In place of backends: lets a plugin reach the real systems, and keeps what they were asked. */
export interface BackendsRecorder extends RunningBackends {
  exchanges: TrafficRecorder['exchanges'];
}

/** Systems that one plugin asks are few. */
const mostDestinations = 24;

/** @param trusted Authorities, besides those of this machine, that the real systems may be trusted by, in PEM */
export async function startBackendsRecorder(trusted: readonly string[]): Promise<BackendsRecorder> {
  const ca = [...getCACertificates('default'), ...getCACertificates('system'), ...trusted];
  const recorder = await startTrafficRecorder(mostDestinations, ca);
  const known: [string, number][] = [];
  return {
    exchanges: recorder.exchanges,
    records: new TargetRecords(),
    values: {},
    get request() {
      // Each call begins with what the calls before it met.
      return { ca: ownAuthority().ca, targets: [], recording: { ports: [...recorder.ports], known: [...known] } };
    },
    mark: () => () => Promise.resolve([]),
    note: (connection: Connection) => {
      if (!('recorded' in connection)) return;
      const { host, port, recorded } = connection;
      known.push([host, port]);
      recorder.meet(recorded, { host, port });
    },
    close: () => recorder.close(),
  };
}
