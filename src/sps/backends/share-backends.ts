import type { RequestRecord } from '../../targets/matching/request-record.ts';
import type { BackendsOf } from './open-backends.ts';
import type { RunningBackends } from './running-backends.ts';

/** The plugins of a session whose calls are answered by the same backends. */
export interface SharedBackends<M> extends AsyncDisposable {
  members: M;
  /** That came from any of them, in order; undefined where none has backends. */
  requests: readonly RequestRecord[] | undefined;
}

/** Starts the backends of plugins that take part in one session. Those that are the same for both run once. @throws PluginHostError TARGET_INVALID */
export async function shareBackends<K extends string, M extends { host: BackendsOf }>(
  members: Partial<Record<K, M>>,
): Promise<SharedBackends<Partial<Record<K, M>>>> {
  const all = Object.entries(members) as [K, M][];
  if (all.every(([, { host }]) => host.backends === undefined || host.running !== undefined)) {
    return { members, requests: undefined, [Symbol.asyncDispose]: () => Promise.resolve() };
  }
  const [{ nameBackends, runBackends }, { TargetRecords }] = await Promise.all([
    import('./run-backends.ts'),
    import('../../targets/matching/target-records.ts'),
  ]);
  const records = new TargetRecords();
  const started = new Map<string, RunningBackends>();
  const close = async (): Promise<void> => {
    await Promise.all(Array.from(started.values(), (each) => each.close()));
  };
  const sharing: [K, M][] = [];
  try {
    for (const [type, member] of all) {
      const named = nameBackends(member.host);
      const key = JSON.stringify(named?.backends);
      const running = named && (started.get(key) ?? (await runBackends(named, records)));
      if (running !== undefined) started.set(key, running);
      sharing.push([type, { ...member, host: { ...member.host, running } }]);
    }
  } catch (error) {
    await close();
    throw error;
  }
  return {
    members: Object.fromEntries(sharing) as Partial<Record<K, M>>,
    requests: records.requests,
    [Symbol.asyncDispose]: close,
  };
}
