import type { CommandOutput, HostIdentity, HttpAnswer, HttpRequest } from '../../network/network.ts';

/** Why a call came to nothing: as the network told it, and what lies below that. */
export interface CallFailure {
  code: string;
  message: string;
  /** Such as `CERT_HAS_EXPIRED`. */
  causeCode: string | undefined;
}

/** What a call gave. Neither is there when the run ended before. */
interface Ended<T> {
  result?: T;
  failure?: CallFailure;
  tookMs?: number;
}

export interface RequestCall extends Ended<HttpAnswer> {
  kind: 'request';
  request: Pick<HttpRequest, 'method' | 'url' | 'headers' | 'body' | 'proxy' | 'timeoutMs'>;
}

export interface SshCall extends Ended<HostIdentity> {
  kind: 'ssh';
  host: string;
  port: number;
  user: string;
  password: string | undefined;
  privateKey: string | undefined;
  /** What the host showed, also to one that then did not log in. */
  identity?: HostIdentity;
}

interface HostKeyCall extends Ended<HostIdentity> {
  kind: 'hostKey';
  host: string;
  port: number;
}

export interface CommandCall extends Ended<CommandOutput> {
  kind: 'command';
  /** On which connection. */
  on: SshCall;
  command: string;
  stdin: Buffer;
}

/** A line with a terminal: a shell of SSH, or Telnet. */
export interface LineCall extends Ended<null> {
  kind: 'shell' | 'telnet';
  host: string;
  port: number;
  /** Of a shell. */
  on: SshCall | undefined;
  turns: Turn[];
  /** Whether the other side closed it before we did. */
  isEnded: boolean;
}

/** What the script said, and then took as the answer. What came without being taken has had no effect. */
export interface Turn {
  inputs: Buffer[];
  /** Undefined when nobody took anything after it; empty when somebody waited in vain. */
  output: Buffer | undefined;
  /** From the last input, or from what was taken before, to the first of the output. */
  waitedMs: number;
  /** The same until it was taken. */
  takenMs: number;
}

export type RecordedCall = RequestCall | SshCall | HostKeyCall | CommandCall | LineCall;
