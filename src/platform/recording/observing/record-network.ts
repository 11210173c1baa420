import { NetworkError } from '../../network/network-error.ts';
import type { Line, Network, SshConnection, SshOptions } from '../../network/network.ts';
import { recordLine } from './record-line.ts';
import type { CallFailure, LineCall, RecordedCall, SshCall } from './recorded-call.ts';

export interface NetworkRecording {
  /** In order; each is there as soon as it begins. */
  readonly calls: readonly RecordedCall[];
  /** The same network, observed. */
  readonly network: Network;
}

/** @param now Milliseconds, from whenever */
export function recordNetwork(network: Network, now: () => number): NetworkRecording {
  const calls: RecordedCall[] = [];

  /** Notes what a call comes to, and leaves it as it is. */
  async function observe<R>(
    call: RecordedCall,
    run: () => Promise<R>,
    resultOf: (result: R) => unknown,
    signal?: AbortSignal,
  ): Promise<R> {
    calls.push(call);
    const startedAt = now();
    const ended = call as { result?: unknown; failure?: CallFailure; tookMs?: number };
    try {
      const result = await run();
      ended.result = resultOf(result);
      return result;
    } catch (error) {
      if (signal?.aborted !== true && error instanceof NetworkError) ended.failure = failureOf(error);
      throw error;
    } finally {
      if (ended.result !== undefined || ended.failure !== undefined) ended.tookMs = now() - startedAt;
    }
  }

  function watchSsh(connection: SshConnection, on: SshCall): SshConnection {
    return {
      ...connection,
      execute: (command, options) =>
        observe(
          { kind: 'command', on, command, stdin: options.stdin },
          () => connection.execute(command, options),
          (output) => output,
          options.signal,
        ),
      openShell: async (terminal) => {
        const call: LineCall = { kind: 'shell', host: on.host, port: on.port, on, turns: [], isEnded: false };
        const line = await observe(call, () => connection.openShell(terminal), nothing);
        return recordLine(line, call, now);
      },
    };
  }

  return {
    calls,
    network: {
      request: (request) => {
        const { method, url, headers, body, proxy, timeoutMs } = request;
        const seen = { method, url, headers, body, proxy, timeoutMs };
        return observe(
          { kind: 'request', request: seen },
          () => network.request(request),
          (answer) => answer,
          request.signal,
        );
      },
      openSsh: async (options: SshOptions) => {
        const { host, port, user, password, privateKey } = options;
        const call: SshCall = { kind: 'ssh', host, port, user, password, privateKey };
        const acceptsHost: SshOptions['acceptsHost'] = (identity) => {
          call.identity = identity;
          return options.acceptsHost(identity);
        };
        const open = (): Promise<SshConnection> => network.openSsh({ ...options, acceptsHost });
        return watchSsh(await observe(call, open, ({ identity }) => identity, options.signal), call);
      },
      openTelnet: async (options): Promise<Line> => {
        const { host, port, signal } = options;
        const call: LineCall = { kind: 'telnet', host, port, on: undefined, turns: [], isEnded: false };
        return recordLine(await observe(call, () => network.openTelnet(options), nothing, signal), call, now);
      },
      discoverHostKey: (options) => {
        const { host, port } = options;
        return observe(
          { kind: 'hostKey', host, port },
          () => network.discoverHostKey(options),
          (identity) => identity,
          options.signal,
        );
      },
    },
  };
}

function nothing(): null {
  return null;
}

function failureOf({ code, message, cause }: NetworkError): CallFailure {
  const below = (cause ?? {}) as { code?: unknown };
  return { code, message, causeCode: typeof below.code === 'string' ? below.code : undefined };
}
