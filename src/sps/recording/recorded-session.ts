import type { JsonObject } from '../../base/json.ts';
import type { Cookies } from '../call/cookies.ts';
import type { SessionFacts } from '../store/session-facts.ts';
import type { BegunCall, SessionChange, SessionState } from '../store/session-state.ts';
import { FolderWriter } from './folder-writer.ts';
import type { RecordWriter } from './record-writer.ts';
import type { Recording } from './recording.ts';
import { isInspected } from './take-inspector-lock.ts';

/** A state in memory whose changes are written down as well. What cannot be written is left out: the call does not depend on it. */
export class RecordedSession implements SessionState {
  readonly #state: SessionState;
  readonly #recording: Recording;
  readonly #writer: RecordWriter;
  /** What is written at the moment, when that takes a while. */
  #writing: Promise<void> | undefined;

  private constructor(state: SessionState, recording: Recording, writer: RecordWriter) {
    this.#state = state;
    this.#recording = recording;
    this.#writer = writer;
  }

  /** Undefined when no inspector is open. */
  static async open(state: SessionState, recording: Recording): Promise<RecordedSession | undefined> {
    const writer = await openWriter(recording);
    return writer && new RecordedSession(state, recording, writer);
  }

  cookiesOf(plugin: string): Cookies {
    return this.#state.cookiesOf(plugin);
  }

  answers(): JsonObject {
    return this.#state.answers();
  }

  secretAnswers(): readonly string[] {
    return this.#state.secretAnswers();
  }

  knownSecrets(): readonly string[] {
    return this.#state.knownSecrets();
  }

  async begin(call: BegunCall): Promise<void> {
    await this.#state.begin(call);
    const n = this.#recording.nextStep();
    // The call goes on meanwhile: whoever watches is woken by it, and may get this processor.
    setImmediate(() => void this.#quietly(() => this.#writer.begun(call, n)));
  }

  /** Written once the caller has the result. */
  async commit(change: SessionChange): Promise<void> {
    await this.#state.commit(change);
    this.#later(() => this.#writer.commit(change));
  }

  async tell(facts: Partial<SessionFacts>): Promise<void> {
    await this.#state.tell(facts);
    this.#later(() => this.#writer.tell(facts));
  }

  async close(): Promise<void> {
    await this.#state.close();
    this.#later(() => this.#writer.over());
  }

  #later(write: () => void | Promise<void>): void {
    this.#recording.later(() => this.#quietly(write));
  }

  /** One after the other; at once, when nothing is being written. */
  #quietly(write: () => void | Promise<void>): Promise<void> | undefined {
    const run = (): Promise<void> | undefined => {
      try {
        // The inspector lacks what fails, as on a full disk; the call itself is as without an inspector.
        return write()?.catch(() => undefined);
      } catch {
        return undefined;
      }
    };
    this.#writing = this.#writing === undefined ? run() : this.#writing.then(run);
    return this.#writing;
  }
}

async function openWriter(recording: Recording): Promise<RecordWriter | undefined> {
  const { stateDir, stateUrl } = recording.place;
  if (stateUrl !== undefined) return (await import('./redis-writer.ts')).RedisWriter.open(stateUrl, recording);
  return isInspected(stateDir) ? new FolderWriter(recording) : undefined;
}
