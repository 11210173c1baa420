import type { Json } from '../../base/json.ts';
import type { ValueFault } from '../../base/problem.ts';
import type { BackendDescription } from '../../targets/backends/backend-description.ts';
import { isAtSameName } from '../../targets/backends/backend-kind.ts';
import { type Backend, startBackend } from '../../targets/backends/start-backend.ts';
import { checkReferences, substitute, type Values } from '../../targets/description/substitute.ts';
import { ownAuthority } from '../../targets/http/own-authority.ts';
import { TargetRecords } from '../../targets/matching/target-records.ts';
import { invalidTarget } from '../../targets/running/read-target.ts';
import { optionValues } from '../plugin/option-values.ts';
import type { DescribedBackends } from './described-backends.ts';
import type { RunningBackends } from './running-backends.ts';

/** Backends with what the names in them stand for. */
export interface NamedBackends {
  backends: readonly BackendDescription[];
  values: Values;
}

/** Puts the options of a plugin where descriptions name them. @throws PluginHostError TARGET_INVALID */
export function nameBackends(described: DescribedBackends): NamedBackends | undefined {
  const { backends, configuration } = described;
  if (backends === undefined) return undefined;
  const values = optionValues(configuration ?? '');
  const unknown = checkReferences(backends as unknown as Json, Object.keys(values), ['backends']);
  if (unknown.length > 0) throw invalidTarget(unknown.map((fault) => placed(fault, described)));
  return { backends: substitute(backends, values), values };
}

/** Names the file with the backend, and where the names are from: they need not be the same. */
function placed({ keys, message }: ValueFault, described: DescribedBackends): ValueFault {
  const { configurationFrom: from } = described;
  const file = fileOf(described.backends?.[Number(keys[1])], described);
  const names = from === undefined ? '' : `. The names are those of ${from}`;
  return { keys, message: `${file === undefined ? '' : `${file}: `}${message}${names}` };
}

function fileOf(backend: BackendDescription | undefined, { projectFile, test }: DescribedBackends): string | undefined {
  const own = test?.backends ?? [];
  if (backend === undefined || !own.some((each) => isAtSameName(each, backend))) return projectFile;
  return own.includes(backend) || projectFile === undefined ? test?.file : `${projectFile} and ${test?.file}`;
}

/** @param records Where it is noted what they are asked @throws PluginHostError TARGET_INVALID (names that stand for nothing) */
export async function runBackends(
  { backends, values }: NamedBackends,
  records: TargetRecords = new TargetRecords(),
): Promise<RunningBackends> {
  const started: Backend[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(started.map((each) => each.close()));
  };
  try {
    for (const each of backends) started.push(await startBackend(each, records));
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
