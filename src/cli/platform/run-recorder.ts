import { readFileSync } from 'node:fs';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { error, type Problem, warning } from '../../base/problem.ts';
import type { Network } from '../../platform/network/network.ts';
import { makeRecording, type RecordingSource } from '../../platform/recording/make-recording.ts';
import { type NetworkRecording, recordNetwork } from '../../platform/recording/observing/record-network.ts';
import { runTests } from '../../platform/testing/run-tests.ts';
import { requireNewFile, writeNewFile } from '../command/new-file.ts';

/** Observes one run, and writes it as a test. */
export class RunRecorder {
  readonly #file: string;
  #recording: NetworkRecording | undefined;

  /** @throws PluginHostError FILE_EXISTS, FILE_UNWRITABLE: before anything is connected */
  constructor(file: string, isForced: boolean) {
    this.#file = file;
    requireNewFile(file, isForced);
  }

  readonly watch = (network: Network): Network => {
    this.#recording = recordNetwork(network, () => performance.now());
    return this.#recording.network;
  };

  /**
   * Writes the test, and runs it once. What it could not write without a secret is told, and nothing is written.
   * @throws PluginHostError FILE_UNWRITABLE
   */
  async write(
    source: Omit<RecordingSource, 'calls' | 'scriptText' | 'target'>,
    signal: AbortSignal,
  ): Promise<Problem[]> {
    const target = this.#file;
    const calls = this.#recording?.calls ?? [];
    try {
      const scriptText = readFileSync(source.file, 'utf8');
      const text = await makeRecording({ ...source, scriptText, target, calls });
      writeNewFile(target, text);
      return await findDifference(target, signal);
    } catch (cause) {
      if (!(cause instanceof PluginHostError) || cause.code !== 'RECORDING_UNSAFE') throw cause;
      return [error(cause.code, cause.message, cause.hint)];
    }
  }
}

/** Why the test that was written does not pass, if it does not: better to know it while the target is there. */
async function findDifference(file: string, signal: AbortSignal): Promise<Problem[]> {
  const isEnded = (): boolean => signal.aborted;
  if (isEnded()) return [];
  const tell = (message: string): Problem =>
    warning('RECORDING_DIFFERS', `the recording does not pass: ${message}`, `plugin-host platform test ${file}`);
  try {
    const { suites } = await runTests(file, { signal, jobs: 1 });
    return suites.flatMap(({ cases }) =>
      cases.flatMap(({ failure }) => (failure === undefined ? [] : tell(failure.message))),
    );
  } catch (cause) {
    if (isEnded()) return [];
    if (!(cause instanceof PluginHostError)) throw cause;
    return [tell(cause.message)];
  }
}
