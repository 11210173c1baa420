import { randomUUID } from 'node:crypto';
import { systemClock } from '../../base/clock.ts';
import type { JsonObject } from '../../base/json.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import type { RedisLink, Reply } from '../../state/redis/redis-link.ts';
import { type Cookies, emptyCookies } from '../call/cookies.ts';
import type { SessionContent } from '../store/session-content.ts';
import type { SessionFacts } from '../store/session-facts.ts';
import { columnsOf, sessionFormat } from '../store/session-format.ts';
import type { SessionReader } from '../store/session-reader.ts';
import type { BegunCall, Held, HeldSession, SessionChange } from '../store/session-state.ts';
import { type Fetched, readFetched, textOfStep } from './redis-rows.ts';
import { leaseMs, scriptOf, type Subject } from './script-of.ts';

/** Who releases in vain has a lease that ends by itself. */
const releaseMs = 1000;

interface Opening {
  link: RedisLink;
  subject: Omit<Subject, 'token'>;
  first: Partial<SessionFacts>;
  read: <T>(fetched: Fetched, use: (reader: SessionReader) => T) => T;
}

/** A session of a Redis server, held for a call: a lease that is renewed. Who has lost it stores nothing. */
export class RedisSession implements HeldSession {
  readonly #link: RedisLink;
  readonly #subject: Required<Subject>;
  readonly #held: Held;
  readonly #count: number;
  readonly #renewing: NodeJS.Timeout;
  #isOver = false;

  private constructor(link: RedisLink, subject: Required<Subject>, held: Held, count: number) {
    this.#link = link;
    this.#subject = subject;
    this.#held = held;
    this.#count = count;
    this.#renewing = setInterval(() => {
      link.run(scriptOf('renew', subject), releaseMs).catch(() => undefined); // what is stored later says so
    }, leaseMs / 3).unref();
  }

  /** Undefined while another call holds the session. @throws PluginHostError STORE_UNREADABLE, STATE_UNREACHABLE, SESSION_BUSY when it has another owner */
  static async hold({ link, subject, first, read }: Opening): Promise<RedisSession | undefined> {
    const own = { ...subject, token: randomUUID() };
    const made = [sessionFormat.upgrades.length, systemClock().toISOString(), ...pairsOf(columnsOf(first))];
    const reply = await link.run(scriptOf('hold', own, [first.owner ?? '', ...made]));
    if (reply === 'held') return undefined;
    if (reply === 'taken') {
      throw new PluginHostError('SESSION_BUSY', `${subject.name}: another host has taken it over`, {
        hint: 'It took this one for dead, because it had not reached the state for a while. Use a session of another name.',
      });
    }
    const fetched = readFetched(reply);
    if (fetched === undefined) throw new Error('a session that is held is there');
    try {
      const held = read(fetched, (reader) => reader.held());
      return new RedisSession(link, own, held, fetched.count);
    } catch (failure) {
      await link.run(scriptOf('release', own), releaseMs).catch(() => undefined);
      throw failure;
    }
  }

  get count(): number {
    return this.#count;
  }

  held(): Held {
    return this.#held;
  }

  cookiesOf(plugin: string): Cookies {
    const { cookies, sessionCookie } = this.#held;
    return { cookie: cookies[plugin] ?? emptyCookies.cookie, session_cookie: sessionCookie };
  }

  answers(): JsonObject {
    return this.#held.answers;
  }

  secretAnswers(): string[] {
    return this.#held.secretAnswers;
  }

  knownSecrets(): string[] {
    return this.#held.knownSecrets;
  }

  /** The call does not wait until it is told. */
  begin(call: BegunCall): void {
    const told = scriptOf('begin', this.#subject, [JSON.stringify({ n: this.#count + 1, ...call })]);
    this.#link.run(told, releaseMs).catch(() => undefined);
  }

  async commit({ plugin, cookies, answers, secretAnswers, step, facts = {} }: SessionChange): Promise<void> {
    const { cookie, session_cookie } = cookies;
    const shared = [session_cookie, JSON.stringify(answers), JSON.stringify(secretAnswers)];
    const ofStep = [textOfStep(step), JSON.stringify(step.secrets)];
    await this.#store('commit', [...shared, plugin, cookie, ...ofStep, ...pairsOf(columnsOf(facts))]);
  }

  async tell(facts: Partial<SessionFacts>): Promise<void> {
    await this.#store('tell', pairsOf(columnsOf(facts)));
  }

  /** Replaces the content by that of an imported session. @param facts All of them. */
  async fill(content: SessionContent, facts: SessionFacts): Promise<void> {
    const { createdAt, masked, sessionCookie, cookies, answers, secretAnswers, steps } = content;
    const columns: [string, string | null][] = [
      ['format', String(sessionFormat.upgrades.length)],
      ['created_at', createdAt],
      ['session_cookie', sessionCookie],
      ['answers', JSON.stringify(answers)],
      ['secret_answers', JSON.stringify(secretAnswers)],
      ['masked', masked ? '1' : '0'],
    ];
    await this.#store('fill', [
      String(Object.keys(cookies).length),
      String(steps.length),
      ...Object.entries(cookies).flat(),
      ...steps.flatMap((step) => [textOfStep(step), JSON.stringify(step.secrets)]),
      ...pairsOf([...columns, ...columnsOf(facts)]),
    ]);
  }

  async #store(script: 'commit' | 'tell' | 'fill', given: readonly string[]): Promise<void> {
    const reply: Reply = await this.#link.run(scriptOf(script, this.#subject, given));
    if (reply !== 'stored') {
      const why = 'the hold on it was lost meanwhile';
      throw new PluginHostError('STATE_UNREACHABLE', `${this.#link.place}: ${this.#subject.name}: ${why}`, {
        hint: 'Redis was not reached for longer than a hold lasts, or this host stood still.',
      });
    }
    this.#end();
  }

  async close(): Promise<void> {
    if (this.#isOver) return;
    this.#end();
    await this.#link.run(scriptOf('release', this.#subject), releaseMs).catch(() => undefined);
  }

  #end(): void {
    this.#isOver = true;
    clearInterval(this.#renewing);
  }
}

/** As the scripts take them. */
function pairsOf(columns: readonly (readonly [string, string | null])[]): string[] {
  return columns.flatMap(([column, value]) => [column, value === null ? '-' : `=${value}`]);
}
