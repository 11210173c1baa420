import { NetworkError, type NetworkErrorCode } from '../../network/network-error.ts';
import type { Line, Network } from '../../network/network.ts';
import type { CallFailure, LineCall, RecordedCall } from './recorded-call.ts';

/** What a run asks for is not what it asked for when it was recorded. */
export class PlayDiverged extends Error {
  override readonly name = 'PlayDiverged';
}

/** Answers calls as they were answered before, in the same order; nothing takes time. */
export function playNetwork(calls: readonly RecordedCall[]): Network {
  let next = 0;

  function take<K extends RecordedCall['kind']>(kind: K, what: string): Extract<RecordedCall, { kind: K }> {
    const call = calls[next];
    if (call?.kind !== kind) throw new PlayDiverged(`${what}: ${call?.kind ?? 'nothing'} was recorded here`);
    next++;
    return call as Extract<RecordedCall, { kind: K }>;
  }

  return {
    request: async ({ method, url }) => {
      const call = take('request', `${method} ${url.href}`);
      const { request } = call;
      const isSame = request.method === method && request.url.origin === url.origin;
      if (!isSame) throw new PlayDiverged(`${method} ${url.origin}: ${request.method} was recorded here`);
      return settle(call);
    },
    openSsh: async ({ acceptsHost, host }) => {
      const call = take('ssh', `a connection to ${host}`);
      if (call.identity !== undefined && !acceptsHost(call.identity) && call.failure?.code !== 'HOST_KEY_MISMATCH')
        throw new PlayDiverged('the host key was accepted when it was recorded');
      const identity = await settle(call);
      return {
        identity,
        execute: (command) => settle(take('command', command)),
        openShell: async () => {
          const shell = take('shell', 'a shell');
          await settle(shell);
          return playLine(shell);
        },
        close: () => undefined,
      };
    },
    openTelnet: async ({ host }) => {
      const call = take('telnet', `a connection to ${host}`);
      await settle(call);
      return playLine(call);
    },
    discoverHostKey: async ({ host }) => settle(take('hostKey', `the key of ${host}`)),
  };
}

function settle<T>({ result, failure }: { result?: T; failure?: CallFailure }): Promise<T> {
  if (failure !== undefined) return Promise.reject(new NetworkError(failure.code as NetworkErrorCode, failure.message));
  return result === undefined ? Promise.reject(new PlayDiverged('the run ended here')) : Promise.resolve(result);
}

function playLine({ turns, isEnded }: LineCall): Line {
  let take: ((data: Buffer) => void) | undefined;
  let end: (() => void) | undefined;
  let at = 0;
  let inputsLeft = turns[0]?.inputs.length ?? 0;
  let isDelivered = false;
  /** Each output comes when all before it was said and taken. */
  const deliver = (): void => {
    const turn = turns[at];
    if (isDelivered || inputsLeft > 0) return;
    isDelivered = true;
    if (turn?.output !== undefined && turn.output.length > 0) take?.(turn.output);
    if (isEnded && at >= turns.length - 1) end?.();
  };
  const isUntaken = (): boolean => inputsLeft === 0 && turns[at]?.output !== undefined;
  const advance = (): void => {
    at++;
    inputsLeft = turns[at]?.inputs.length ?? 0;
    isDelivered = false;
    deliver();
  };
  return {
    isPlayed: true,
    write: () => {
      inputsLeft--;
      if (inputsLeft < 0) throw new PlayDiverged('more input than was recorded');
      if (inputsLeft === 0) deliver();
    },
    onData: (taker) => {
      take = taker;
      setImmediate(deliver);
    },
    onClose: (taker) => {
      end = taker;
    },
    noteTaken: () => {
      if (isUntaken()) advance();
    },
    close: () => undefined,
  };
}
