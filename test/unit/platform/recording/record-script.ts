import type { HttpAnswer, HttpRequest, Network } from '../../../../src/platform/network/network.ts';
import { makeRecording } from '../../../../src/platform/recording/make-recording.ts';
import { recordNetwork } from '../../../../src/platform/recording/observing/record-network.ts';
import { requireOperation } from '../../../../src/platform/run/require-operation.ts';
import type { RunOutcome } from '../../../../src/platform/run/run-outcome.ts';
import { startRun } from '../../../../src/platform/run/start-run.ts';
import { readScript } from '../../../../src/platform/script/read-script.ts';

interface Given {
  /** Names and types. */
  declared: Record<string, string>;
  steps: readonly object[];
  parameters: Record<string, string>;
  answer?: (request: HttpRequest) => Partial<HttpAnswer>;
  network?: Partial<Network>;
  signal?: AbortSignal;
  now?: () => number;
}

/** Runs an operation against answers that a function gives, and records it. */
export async function recordScript(given: Given): Promise<{ outcome: RunOutcome; text: string }> {
  const {
    declared,
    steps,
    parameters,
    answer = () => ({}),
    network = {},
    signal,
    now = () => performance.now(),
  } = given;
  const none = (): Promise<never> => Promise.reject(new Error('not in this test'));
  const fake: Network = {
    request: (request) => Promise.resolve({ status: 200, headers: [], body: Buffer.alloc(0), ...answer(request) }),
    openSsh: none,
    openTelnet: none,
    discoverHostKey: none,
    ...network,
  };
  const operations = {
    CheckPassword: {
      Parameters: Object.entries(declared).map(([name, type]) => ({ [name]: { Type: type } })),
      Do: steps,
    },
  };
  const scriptText = JSON.stringify({ Id: 'Test', BackEnd: 'Scriptable', ...operations });
  const { script } = readScript(scriptText);
  if (script === undefined) throw new Error('no script');
  const operation = requireOperation(script, 'test.json', 'CheckPassword');
  const recording = recordNetwork(fake, now);
  const values = new Map(Object.entries(parameters).map(([name, data]) => [name, { data }]));
  const outcome = await startRun(script, 'test.json', operation, {
    sources: [{ name: 'test', values, isStrict: true }],
    wrapNetwork: () => recording.network,
    skipsWaits: true,
    signal,
  });
  const source = { script, file: 'test.json', scriptText, operation, outcome, calls: recording.calls, options: {} };
  return { outcome, text: await makeRecording({ ...source, target: 'test.platform-test.yaml' }) };
}
