import type { BackendsRecorder } from '../../../sps/backends/backends-recorder.ts';
import type { Secrets } from '../../../sps/call/call-hook.ts';
import type { Host } from '../../../sps/call/resolve-host.ts';
import { requireNewFile, writeNewFile } from '../../command/new-file.ts';
import type { Terminal } from '../../terminal/create-terminal.ts';

/** `--record-backends`: plugins reach the real systems, and what these are asked is written. */
export class BackendsRecording implements AsyncDisposable {
  readonly recorder: BackendsRecorder;
  readonly #file: string;
  readonly #hosts: readonly Host[];

  private constructor(file: string, hosts: readonly Host[], recorder: BackendsRecorder) {
    this.#file = file;
    this.#hosts = hosts;
    this.recorder = recorder;
  }

  /** Undefined without a file. @throws PluginHostError FILE_EXISTS, FILE_UNWRITABLE */
  static async open(
    { recordBackends: file, force = false }: { recordBackends?: string; force?: boolean },
    hosts: readonly Host[],
  ): Promise<BackendsRecording | undefined> {
    if (file === undefined) return undefined;
    requireNewFile(file, force);
    const { startBackendsRecorder } = await import('../../../sps/backends/backends-recorder.ts');
    const trusted = hosts.flatMap(({ services }) =>
      Object.values(services.trustedCaLists ?? {}).flatMap(({ certs }) => certs),
    );
    return new BackendsRecording(file, hosts, await startBackendsRecorder(trusted));
  }

  /** @throws PluginHostError RECORDING_UNSAFE, FILE_UNWRITABLE */
  async write({ values }: Secrets, terminal: Terminal): Promise<void> {
    const { renderBackends } = await import('../../../sps/backends/render-backends.ts');
    const configurations = this.#hosts.map(({ configuration = '' }) => configuration);
    writeNewFile(this.#file, renderBackends({ exchanges: this.recorder.exchanges, configurations, secrets: values }));
    const count = this.recorder.exchanges.length;
    terminal.say(`recorded ${count} ${count === 1 ? 'request' : 'requests'} in ${this.#file}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.recorder.close();
  }
}
