import type { Client, ClientChannel } from 'ssh2';
import { NetworkError } from './network-error.ts';
import type { CommandOutput } from './network.ts';

/** What is larger is cut right behind it, so that it is seen to be too large for a value. */
const largestOutput = 16 * 1024 * 1024;

/** A command on a channel of its own. @throws NetworkError TARGET_CLOSED; the reason of the signal */
export function executeCommand(
  client: Client,
  command: string,
  { stdin, timeoutMs, signal }: { stdin: Buffer; timeoutMs: number; signal: AbortSignal },
): Promise<CommandOutput> {
  const output = { stdout: [] as Buffer[], stderr: [] as Buffer[], size: 0 };
  let exit: Pick<CommandOutput, 'exitCode' | 'signal'> | undefined;
  return new Promise((resolve, reject) => {
    let channel: ClientChannel | undefined;
    const finish = (isCut: CommandOutput['isCut']): void => {
      clear();
      if (isCut !== undefined) channel?.close();
      const streams = { stdout: Buffer.concat(output.stdout), stderr: Buffer.concat(output.stderr) };
      resolve({ ...streams, exitCode: exit?.exitCode ?? null, signal: exit?.signal ?? null, isCut });
    };
    const timer = setTimeout(() => {
      finish('timeout');
    }, timeoutMs);
    const onAbort = (): void => {
      clear();
      channel?.close();
      reject(signal.reason as Error);
    };
    const onClose = (): void => {
      finish(exit === undefined ? 'closed' : undefined);
    };
    const clear = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      client.off('close', onClose);
    };
    const take = (stream: Buffer[]) => (data: Buffer) => {
      if (output.size > largestOutput) return;
      output.size += data.length;
      stream.push(data);
      if (output.size > largestOutput) {
        exit ??= { exitCode: null, signal: null };
        channel?.close();
        finish(undefined);
      }
    };
    signal.addEventListener('abort', onAbort, { once: true });
    client.once('close', onClose);
    const refuse = (cause: unknown): void => {
      clear();
      const { message } = cause as Error;
      reject(new NetworkError('TARGET_CLOSED', `the host runs no command: ${message}`, { cause }));
    };
    const start = (opened: ClientChannel): void => {
      channel = opened;
      opened.on('data', take(output.stdout));
      opened.stderr.on('data', take(output.stderr));
      opened.on('exit', (code: number | null, name?: string) => {
        exit = { exitCode: code, signal: code === null ? (name ?? null) : null };
      });
      opened.on('close', onClose);
      opened.on('error', () => undefined);
      opened.end(stdin);
    };
    try {
      client.exec(command, (error, opened) => {
        if (error === undefined) start(opened);
        else refuse(error);
      });
    } catch (error) {
      // The library throws when the connection is gone already.
      refuse(error);
    }
  });
}
