import {
  type CommandRecord,
  type RequestRecord,
  TargetRecords,
  type Unmatched,
} from '../../targets/matching/target-records.ts';
import { defaultAddress, startTarget } from '../../targets/running/start-target.ts';
import type { Target } from '../../targets/running/target.ts';
import { valuesOf, withDefaults, type CaseParameters } from './case-parameters.ts';
import type { LoadedCase } from './loaded-test.ts';

/** What targets were asked during one operation. */
export interface Came {
  requests: readonly RequestRecord[];
  commands: readonly CommandRecord[];
  unmatched: readonly Unmatched[];
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
    const { requests, commands, unmatched } = this.records;
    const from = { requests: requests.length, commands: commands.length, unmatched: unmatched.length };
    return () => ({
      requests: requests.slice(from.requests),
      commands: commands.slice(from.commands),
      unmatched: unmatched.slice(from.unmatched),
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.started.map((each) => each.close()));
  }
}
