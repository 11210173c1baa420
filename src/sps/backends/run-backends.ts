import type { Json, JsonObject } from '../../base/json.ts';
import type { BackendDescription } from '../../targets/backends/backend-description.ts';
import { type Backend, startBackend } from '../../targets/backends/start-backend.ts';
import { checkReferences, substitute, type Values } from '../../targets/description/substitute.ts';
import { ownAuthority } from '../../targets/http/own-authority.ts';
import { TargetRecords } from '../../targets/matching/target-records.ts';
import type { Telling } from '../../targets/matching/telling.ts';
import { invalidTarget } from '../../targets/running/read-target.ts';
import { optionValues } from '../plugin/option-values.ts';

/** Backends that run on loopback. */
export interface RunningBackends {
  records: TargetRecords;
  /** What names in descriptions and expectations stand for. */
  values: Values;
  /** Tells the child-side part where each is, and whom to trust. */
  request: JsonObject;
  /** From here on: gives what came since and no description answers, once all that was sent has been taken in. */
  mark: () => () => Promise<readonly Telling[]>;
  close: () => Promise<void>;
}

/** @param configuration Of the plugin, whose options descriptions may name @throws PluginHostError TARGET_INVALID (names that stand for nothing) */
export async function runBackends(
  backends: readonly BackendDescription[],
  configuration: string | undefined,
): Promise<RunningBackends> {
  const values = optionValues(configuration ?? '');
  const unknown = checkReferences(backends as unknown as Json, Object.keys(values), ['backends']);
  if (unknown.length > 0) throw invalidTarget(unknown);
  const records = new TargetRecords();
  const started: Backend[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(started.map((each) => each.close()));
  };
  try {
    for (const each of substitute(backends, values)) started.push(await startBackend(each, records));
  } catch (error) {
    await close();
    throw error;
  }
  return {
    records,
    values,
    request: {
      ca: ownAuthority().ca,
      targets: started.map(({ address, claimedPort, transport, port }) => [transport, address, claimedPort, port]),
    },
    mark: () => {
      const from = records.tellings.length;
      return async () => {
        await Promise.all(started.map((each) => each.settled()));
        return records.tellings.slice(from);
      };
    },
    close,
  };
}
