import { PluginHostError } from '../../base/plugin-host-error.ts';
import type { Problem } from '../../base/problem.ts';
import { KeyValueGroup } from '../format/key-value-group.ts';
import type { KvGroup } from '../format/kv-group.ts';
import { callMs, itemMs, streamMs, trapMs } from './call-ms.ts';
import type { Running } from './observe-call.ts';
import type { PointTraits } from './point-traits.ts';
import { runCall, runTrap } from './run-call.ts';
import { runDownload } from './run-download.ts';
import { runFilter, runGenerator } from './run-filter.ts';
import type { Run } from './run-result.ts';
import { settle } from './settle.ts';

export interface RunRequest {
  traits: PointTraits;
  /** The input of a call, the context of a stream. */
  input: KvGroup;
  /** Of a filter, or of a download. */
  items?: readonly KvGroup[];
  /** Run again as the product does. */
  settle?: boolean;
  /** IDs that are in use; they make conflicts. */
  taken?: readonly string[];
  /** For a call, or for one item of a stream; default: 60 s, 10 s, of an exit trap 300 s. */
  timeoutMs?: number | undefined;
  /** Warnings about the text and the exit code are errors. */
  strict?: boolean;
  /** Checks an answer by the rules of its point. */
  validate?: (output: KvGroup, input: KvGroup) => Problem[];
  running: Omit<Running, 'reading'> & { encoding?: 'utf-8' | 'cp1252' | undefined };
}

/**
 * Runs a plugin the way its point is run. Whatever the plugin does is in the result.
 * @throws PluginHostError USAGE (items or repeated runs where there are none), SYSTEM_UNSUPPORTED, PYTHON_NOT_FOUND, CHILD_FAILED;
 * the reason of the signal
 */
export async function runPlugin(request: RunRequest): Promise<Run> {
  const { traits, input, items, taken = [], timeoutMs, strict = false, validate = () => [] } = request;
  checkRequest(request);
  const { encoding = 'utf-8', ...rest } = request.running;
  const running: Running = { ...rest, reading: { profile: strict ? 'strict' : 'compat', encoding } };
  const allowedMs = allowedMsOf(request);
  const call = { traits, strict, allowedMs };
  const stream = { traits, strict, itemMs: allowedMs, streamMs: Math.max(streamMs, timeoutMs ?? 0) };
  const runOnce = async (next: KvGroup): Promise<Run> => withValidation(await runCall(next, call, running), validate);
  switch (traits.kind) {
    case 'synchronous':
      return request.settle || taken.length > 0 ? settle(input, traits.id, taken, runOnce) : runOnce(input);
    case 'trap':
      return runTrap(input, call, running);
    case 'download':
      if (!isStreaming(input)) return runOnce(input);
      return runDownload(input, items ?? [], call, running);
    case 'generator':
      return withValidation(await runGenerator(input, stream, running), validate);
    case 'filter':
      return withValidation(await runFilter(input, items ?? [], stream, running), validate);
  }
}

/** What one call or one item is allowed, in milliseconds. */
export function allowedMsOf({ traits, input, timeoutMs }: Pick<RunRequest, 'traits' | 'input' | 'timeoutMs'>): number {
  if (timeoutMs !== undefined) return timeoutMs;
  switch (traits.kind) {
    case 'synchronous':
      return callMs;
    case 'trap':
      return trapMs;
    case 'download':
      return isStreaming(input) ? streamMs : callMs;
    case 'generator':
    case 'filter':
      return itemMs;
  }
}

function isStreaming(input: KvGroup): boolean {
  return new KeyValueGroup(input).get('queryMode') === 'streamResults';
}

function checkRequest({ traits, items, settle: isSettling, taken = [] }: RunRequest): void {
  const isStream = traits.kind === 'filter' || traits.kind === 'download';
  if (items !== undefined && !isStream) {
    throw new PluginHostError('USAGE', `plugins of point ${traits.id} get no items`, {
      hint: 'Leave out --items; it belongs to filters.',
    });
  }
  if ((isSettling || taken.length > 0) && traits.kind !== 'synchronous') {
    throw new PluginHostError('USAGE', `plugins of point ${traits.id} are not run again`, {
      hint: 'Leave out --settle and --taken.',
    });
  }
  if (taken.length > 0 && traits.id !== '03') {
    throw new PluginHostError(
      'USAGE',
      `only plugins of point 03 choose IDs that may be taken, not those of ${traits.id}`,
      {
        hint: 'Leave out --taken.',
      },
    );
  }
}

/** An answer that cannot be used is not checked further. */
function withValidation(run: Run, validate: (output: KvGroup, input: KvGroup) => Problem[]): Run {
  const { result, inputs } = run;
  const [first] = inputs;
  if (first === undefined) return run;
  const own = result.output === null ? [] : validate(result.output, first);
  const ofItems = (result.answers ?? []).flatMap(({ item, output }) =>
    output === null
      ? []
      : validate(output, first).map((each) => ({ ...each, message: `item ${item}: ${each.message}` })),
  );
  return { ...run, result: { ...result, problems: [...result.problems, ...own, ...ofItems] } };
}
