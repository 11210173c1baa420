import type { Client } from 'ssh2';
import { type Problem, warning } from '../../base/problem.ts';
import { fingerprintOf } from '../../crypt/fingerprint-of.ts';
import type { Ending } from '../../sps/flow/ending.ts';
import type { Admission, Target } from '../../sps/flow/target.ts';
import type { Destination } from '../destination/choose-destination.ts';
import type { GatewayFacts } from '../events/gateway-facts.ts';
import { readSigningKey } from './read-signing-key.ts';
import {
  type Answer,
  type Method,
  type Prompts,
  TargetConnection,
  type TargetConnectOptions,
  TargetFault,
} from './target-connection.ts';
import type { KeyVerdict, TrustedKeys } from './trusted-keys.ts';

export type CredentialKind = NonNullable<GatewayFacts['credential']>;

export interface RealTargetOptions {
  destination: Destination;
  trusted: TrustedKeys;
  /** Aborted when the session is over, with a reason. */
  signal: AbortSignal;
  /** The user answers a question of the target itself. @throws the reason of the signal */
  ask: (prompt: string, echo: boolean) => Promise<string>;
  /** The host key that it showed. */
  onHostKey: (fingerprint: string, known: KeyVerdict['known']) => void;
  /** One try. */
  onCredential: (kind: CredentialKind, accepted: boolean) => void;
  onProblem: (problem: Problem) => void;
}

/** How often the questions of a target are answered anew. */
const interactiveTries = 3;

/**
 * A real SSH server. Each credential is tried once; when the server hangs up after too many, it is connected to again for those that are left.
 * Its own questions go to the user. Source: gateway contract, "The login".
 */
export class RealTarget implements Target {
  readonly #options: RealTargetOptions;
  #connection: TargetConnection | undefined;
  #answer: Answer = { kind: 'gone' };
  readonly #tried = new Set<string>();
  /** What it took and wanted more than; done again on a new connection. */
  readonly #taken: Method[] = [];
  /** Tries on this connection. */
  #tries = 0;
  /** The next password is one that the user typed. */
  isTyped = false;
  /** Why it cannot be reached, or which host key it has. */
  fault: string | undefined;
  known: KeyVerdict['known'] | undefined;
  credential: GatewayFacts['credential'] = null;

  constructor(options: RealTargetOptions) {
    this.#options = options;
  }

  /** Of the connection that is logged in. */
  get client(): Client | undefined {
    return this.#answer.kind === 'in' && this.#connection?.isGone === false ? this.#connection.client : undefined;
  }

  async reach(): Promise<Ending | undefined> {
    try {
      await this.#connect();
      return undefined;
    } catch (error) {
      if (!(error instanceof TargetFault)) throw error;
      this.fault = error.message;
      return error.kind === 'host-key' ? 'host-key-refused' : 'target-unreachable';
    }
  }

  async #connect(): Promise<void> {
    const { destination, trusted, signal, onHostKey } = this.#options;
    const { host, port } = destination;
    const isFirst = this.#connection === undefined;
    const acceptsHost: TargetConnectOptions['acceptsHost'] = async (key) => {
      const { isTaken, known } = await trusted.judge(host, port, key);
      this.known = known;
      if (isFirst || !isTaken) onHostKey(fingerprintOf(key), known);
      return isTaken;
    };
    const knownTypes = await trusted.typesOf(host, port);
    const { connection, answer } = await TargetConnection.open(destination, { knownTypes, acceptsHost, signal });
    this.#connection = connection;
    this.#answer = answer;
    this.#tries = 0;
  }

  async takesKey(text: string): Promise<Admission> {
    const key = readSigningKey(text);
    if (key === undefined) {
      const hint = 'Give a private key in PEM or in the format of OpenSSH, without a passphrase.';
      this.#options.onProblem(warning('KEY_UNREADABLE', 'a private key of the credential store cannot be read', hint));
      return false;
    }
    return this.#try({ type: 'publickey', key }, 'key', `key ${key.getPublicSSH().toString('base64')}`);
  }

  async takesPassword(password: string): Promise<Admission> {
    const kind = this.isTyped ? 'typed' : 'password';
    this.isTyped = false;
    return this.#try({ type: 'password', password }, kind, `password ${password}`);
  }

  /** Asked before the user types a password: whether there is anything to type one for. */
  async takesNothing(): Promise<Admission> {
    if (this.#answer.kind === 'in') return true;
    await this.#revive();
    const methods = this.#methods();
    if (methods.includes('password')) return false;
    return methods.includes('keyboard-interactive') ? this.#interact() : 'target-refused';
  }

  #methods(): readonly string[] {
    return this.#answer.kind === 'refused' || this.#answer.kind === 'partial' ? this.#answer.methods : [];
  }

  async #try(method: Method, kind: CredentialKind, id: string): Promise<Admission> {
    if (this.#answer.kind === 'in') return true;
    if (this.#tried.has(id)) return false;
    this.#tried.add(id);
    if (!(await this.#revive())) return 'target-unreachable';
    if (!this.#methods().includes(method.type)) return false;
    let answer = await this.#send(method);
    // What it hung up for was not this one, if it had seen others before.
    if (answer.kind === 'gone' && this.#tries > 1 && (await this.#revive())) answer = await this.#send(method);
    const isTaken = answer.kind === 'in' || answer.kind === 'partial';
    this.#options.onCredential(kind, isTaken);
    if (answer.kind !== 'in' && answer.kind !== 'partial') return false;
    this.credential = kind;
    if (answer.kind === 'in') return true;
    this.#taken.push(method);
    const isAsking = answer.methods.includes('keyboard-interactive') && !answer.methods.includes('password');
    return isAsking && !answer.methods.includes('publickey') ? this.#interact() : false;
  }

  /** Connects again when it has hung up. False: that did not work. */
  async #revive(): Promise<boolean> {
    if (this.#connection?.isGone !== true) return true;
    try {
      await this.#connect();
      for (const method of this.#taken) await this.#send(method);
      return true;
    } catch (error) {
      if (!(error instanceof TargetFault)) throw error;
      this.fault = error.message;
      return false;
    }
  }

  async #send(method: Method): Promise<Answer> {
    const { signal } = this.#options;
    const connection = this.#connection;
    if (connection === undefined) return { kind: 'gone' };
    this.#tries += 1;
    const onAbort = (): void => {
      connection.destroy();
    };
    signal.addEventListener('abort', onAbort, { once: true });
    const answer = await connection.try(method);
    signal.removeEventListener('abort', onAbort);
    signal.throwIfAborted();
    // After a refusal the methods are those that it names now; a hang-up says nothing.
    if (answer.kind !== 'gone') this.#answer = answer;
    return answer;
  }

  /** The questions of the target itself. */
  async #interact(): Promise<Admission> {
    for (let attempt = 0; attempt < interactiveTries; attempt += 1) {
      if (!(await this.#revive()) || !this.#methods().includes('keyboard-interactive')) break;
      const answer = await this.#send({ type: 'keyboard-interactive', answer: (prompts) => this.#askAll(prompts) });
      const isTaken = answer.kind === 'in' || answer.kind === 'partial';
      this.#options.onCredential('typed', isTaken);
      if (isTaken) this.credential ??= 'typed';
      if (answer.kind === 'in') return true;
      if (answer.kind === 'partial') return answer.methods.includes('password') ? false : 'target-refused';
    }
    return 'target-refused';
  }

  async #askAll(prompts: Prompts): Promise<string[]> {
    const answers: string[] = [];
    for (const { prompt, echo } of prompts) answers.push(await this.#options.ask(prompt, echo));
    return answers;
  }

  destroy(): void {
    this.#connection?.destroy();
  }
}
