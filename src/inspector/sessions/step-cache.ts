import type { StoredStep } from '../../sps/store/session-content.ts';
import type { SessionFacts } from '../../sps/store/session-facts.ts';
import type { SessionReader } from '../../sps/store/session-reader.ts';
import { type ShownStep, type Showing, toShownStep } from '../../sps/store/shown-step.ts';
import type { StoredSessions } from '../../sps/store/stored-sessions.ts';

/** A session in memory. */
export interface ReadSession extends Showing {
  createdAt: string;
  facts: SessionFacts;
  steps: StoredStep[];
}

/** Sessions that are looked at stay in memory, so many of them. */
const keptSessions = 4;

/** Reads sessions; of one that it has read, only what is new. */
export class StepCache {
  readonly #store: StoredSessions;
  readonly #showSecrets: boolean;
  readonly #read = new Map<string, { session: ReadSession; stamp: string | undefined }>();

  constructor(store: StoredSessions, showSecrets: boolean) {
    this.#store = store;
    this.#showSecrets = showSecrets;
  }

  /** @throws PluginHostError as `StoredSessions.readContent` */
  async read(name: string): Promise<ReadSession> {
    const former = this.#read.get(name);
    const stamp = this.#store.stampOf(name);
    const isAsBefore = former !== undefined && stamp !== undefined && former.stamp === stamp;
    const session = isAsBefore
      ? former.session
      : await this.#store.look(
          name,
          (reader) => readOn(reader, former?.session, this.#showSecrets),
          former?.session.steps.length,
        );
    this.#read.delete(name);
    this.#read.set(name, { session, stamp }); // the last one to be forgotten
    const [oldest] = this.#read.keys();
    if (this.#read.size > keptSessions && oldest !== undefined) this.#read.delete(oldest);
    return session;
  }

  forget(name: string): void {
    this.#read.delete(name);
  }
}

/** A session; of one that is as it was but longer, the new steps are added. */
export function readOn(reader: SessionReader, former: ReadSession | undefined, showSecrets: boolean): ReadSession {
  const facts = reader.facts();
  const { createdAt } = reader.summary();
  const isSame = former?.createdAt === createdAt && facts.origin !== 'import' && reader.count() >= former.steps.length;
  const known = isSame ? former.steps : [];
  const added = reader.steps(known.at(-1)?.n ?? 0);
  const steps = [...known, ...added];
  const secrets = addSecrets(isSame ? former.secrets : { values: [], names: [] }, added);
  return { createdAt, facts, steps, secrets, showSecrets };
}

/** The same object when there is nothing new. */
export function addSecrets(known: StoredStep['secrets'], steps: readonly StoredStep[]): StoredStep['secrets'] {
  const values = new Set(known.values);
  const names = new Set(known.names);
  for (const { secrets } of steps) {
    for (const value of secrets.values) values.add(value);
    for (const name of secrets.names) names.add(name);
  }
  const isSame = values.size === known.values.length && names.size === known.names.length;
  return isSame ? known : { values: [...values], names: [...names] };
}

/** One step as it may be shown; undefined when there is none of this number. */
export function showStep(session: ReadSession, n: number): ShownStep | undefined {
  const step = session.steps.find((each) => each.n === n);
  return step && toShownStep(step, session);
}
