import type { RequestRecord } from '../../targets/matching/request-record.ts';
import { type CommandRecord, type Denial, TargetRecords } from '../../targets/matching/target-records.ts';
import type { Telling } from '../../targets/matching/telling.ts';
import { defaultAddress, startTarget } from '../../targets/running/start-target.ts';
import type { Target } from '../../targets/running/target.ts';
import { valuesOf, withDefaults, type CaseParameters } from './case-parameters.ts';
import type { LoadedCase } from './loaded-test.ts';

/** What targets were asked during one operation. */
export interface Came {
  requests: readonly RequestRecord[];
  commands: readonly CommandRecord[];
  /** What no description answers. */
  unmatched: readonly Telling[];
  /** Credentials that were not taken. */
  denied: readonly Telling[];
}

/** The targets of one case while it runs. */
export class CaseTargets implements AsyncDisposable {
  /** Of all of them, in the order in which it came. */
  readonly records = new TargetRecords();
  readonly started: Target[] = [];

  /** @throws PluginHostError TARGET_INVALID */
  async start({ targets, parameters, recorded }: LoadedCase, folder: string): Promise<void> {
    const address = targets[0] && (targets[0].address ?? defaultAddress);
    const values = { ...recorded, ...valuesOf(withDefaults(parameters, { Address: address })) };
    for (const each of targets) this.started.push(await startTarget(each, { values, folder, records: this.records }));
  }

  /** What the case does not give: where the first target is, and the key of the host that it names. */
  fill(given: CaseParameters): CaseParameters {
    const [first] = this.started;
    const filled = withDefaults(given, { Address: first?.address });
    const address = Object.entries(filled).find(([name]) => name.toLowerCase() === 'address')?.[1];
    const named = this.started.find((each) => each.hostKey !== undefined && each.address === address);
    const host = named ?? this.started.find(({ hostKey }) => hostKey !== undefined);
    return withDefaults(filled, { HostKey: host?.hostKey });
  }

  /** From here on: gives what came since. */
  mark(): () => Came {
    const { requests, commands, tellings, denials } = this.records;
    const from = [requests.length, commands.length, tellings.length, denials.length];
    return () => ({
      requests: requests.slice(from[0]),
      commands: commands.slice(from[1]),
      unmatched: tellings.slice(from[2]),
      denied: denials
        .slice(from[3])
        .filter((each) => !isAskedAgain(each, requests))
        .map(({ tell }) => tell),
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.started.map((each) => each.close()));
  }
}

/** A client that sends credentials when it is asked for them only. */
function isAskedAgain({ credentials, request }: Denial, requests: readonly RequestRecord[]): boolean {
  const later = requests.slice(requests.indexOf(request) + 1);
  return (
    credentials === 'missing' && later.some(({ method, path }) => method === request.method && path === request.path)
  );
}
