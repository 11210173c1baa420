import { setTimeout as sleep } from 'node:timers/promises';
import type { PlainJson } from '../../../src/platform/conversion/from-json.ts';
import type { StepWatcher } from '../../../src/platform/engine/step-watcher.ts';
import type { TraceEvent } from '../../../src/platform/engine/trace-event.ts';
import type { HttpAnswer, HttpRequest, Network } from '../../../src/platform/network/network.ts';
import { fillParameters } from '../../../src/platform/run/fill-parameters.ts';
import { renderOutcome } from '../../../src/platform/run/render-outcome.ts';
import { requireOperation } from '../../../src/platform/run/require-operation.ts';
import { runOperation } from '../../../src/platform/run/run-operation.ts';
import type { RunResult } from '../../../src/platform/run/run-result.ts';
import { readScript } from '../../../src/platform/script/read-script.ts';
import type { Script } from '../../../src/platform/script/script.ts';

/** A network of which nothing exists but what is given. */
function fakeNetwork(given: Partial<Network> = {}): Network {
  const none = (): Promise<never> => Promise.reject(new Error('not in this test'));
  return { request: none, openSsh: none, openTelnet: none, discoverHostKey: none, ...given };
}

/** Answers requests by a function, and remembers them. */
export function answering(answer: (request: HttpRequest) => Partial<HttpAnswer>): {
  network: Network;
  sent: HttpRequest[];
} {
  const sent: HttpRequest[] = [];
  const network = fakeNetwork({
    request: (request) => {
      sent.push(request);
      return Promise.resolve({ status: 200, headers: [], body: Buffer.alloc(0), ...answer(request) });
    },
  });
  return { network, sent };
}

export interface Given {
  /** Steps of the operation `CheckSystem`, unless there are `operations`. */
  steps?: readonly object[];
  /** Everything of the script besides `Id` and `BackEnd`. */
  script?: Readonly<Record<string, unknown>>;
  operation?: string;
  declared?: readonly object[];
  parameters?: Readonly<Record<string, PlainJson>>;
  network?: Network;
  maxRunMs?: number;
  isStrict?: boolean;
  isMasked?: boolean;
  onTrace?: (event: TraceEvent) => void;
  signal?: AbortSignal;
  /** Looks at the steps, once the script is read. */
  watch?: (script: Script) => StepWatcher;
}

/** Runs an operation with a fake network; the result is as `--json` shows it. */
export async function runScript(given: Given): Promise<RunResult> {
  const { steps = [], script = {}, operation: name = 'CheckSystem', declared = [], isMasked = true } = given;
  const own = given.script === undefined ? { CheckSystem: { Parameters: declared, Do: steps } } : {};
  const { script: read } = readScript(JSON.stringify({ Id: 'Test', BackEnd: 'Scriptable', ...own, ...script }));
  if (read === undefined) throw new Error('no script');
  const operation = requireOperation(read, 'test.json', name);
  const values = new Map(Object.entries(given.parameters ?? {}).map(([each, data]) => [each, { data }]));
  const filled = await fillParameters(operation, [{ name: 'test', values, isStrict: true }]);
  const trace: TraceEvent[] = [];
  const outcome = await runOperation({
    script: read,
    file: 'test.json',
    operation,
    parameters: filled.values,
    targets: () => [],
    isStrict: given.isStrict ?? false,
    watcher: given.watch?.(read),
    settings: {
      network: given.network ?? fakeNetwork(),
      now: () => performance.now(),
      sleep: (ms, signal) => sleep(ms, undefined, { signal }),
      crypt: () => Promise.resolve(null),
      signal: given.signal,
      maxRunMs: given.maxRunMs ?? 60_000,
      isMasked,
      terminal: { type: 'dumb', columns: 1000, rows: 24 },
      quietMs: 20,
      acceptsNewHostKey: false,
      onTrace: given.onTrace,
      onStatus: undefined,
      onLog: undefined,
    },
  });
  return renderOutcome(outcome, { script: read, file: 'test.json', trace: given.onTrace && trace, isMasked });
}
