import { randomUUID } from 'node:crypto';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { guardDatabase, type Mend } from '../../state/database-fault.ts';
import { RedisLink, type Reply } from '../../state/redis/redis-link.ts';
import { redisAddressOf } from '../../state/redis-address.ts';
import { waitToHold } from '../../state/wait-to-hold.ts';
import { readSummary, unreadSummary } from '../store/read-summary.ts';
import { requireSessionName, sessionExists, sessionNotFound } from '../store/require-session-name.ts';
import type { SessionContent, StoredStep } from '../store/session-content.ts';
import { type SessionFacts, unknownFacts } from '../store/session-facts.ts';
import { sessionFormat } from '../store/session-format.ts';
import { SessionReader } from '../store/session-reader.ts';
import type { HeldSession } from '../store/session-state.ts';
import {
  noSteps,
  type OpenOptions,
  type Owner,
  type RunningCall,
  type SessionSummary,
  type StoredSessions,
  type TargetKeys,
  type WaitOptions,
} from '../store/stored-sessions.ts';
import { createTargetKeys } from './create-target-keys.ts';
import { LateFacts } from './late-facts.ts';
import { hasEverybodySaidSo, RedisOwner, takeInspector } from './redis-owner.ts';
import { type Fetched, NotFetched, readFetched, RedisRows, textsOf } from './redis-rows.ts';
import { RedisSession } from './redis-session.ts';
import {
  begunScript,
  keyPrefix,
  orphansScript,
  ownerKey,
  scriptOf,
  sessionsKey,
  type Subject,
  summariesScript,
} from './script-of.ts';

const pollMs = 50;
/** Of sessions that are read at once for a list. */
const listedAtOnce = 500;

/** Sessions of a Redis server that several hosts share. */
export class RedisStore implements StoredSessions {
  readonly link: RedisLink;
  /** Where changes are told; each database has its own, which Redis does not tell apart. */
  readonly channel: string;
  readonly targetKeys: TargetKeys;
  readonly #late: LateFacts;

  private constructor(link: RedisLink, url: string) {
    this.link = link;
    this.targetKeys = createTargetKeys(link);
    this.#late = new LateFacts(this);
    this.channel = `${keyPrefix}changes:${redisAddressOf(new URL(url)).database}`;
  }

  /** @throws PluginHostError STATE_UNREACHABLE */
  static async open(url: string): Promise<RedisStore> {
    return new RedisStore(await RedisLink.open(url), url);
  }

  get place(): string {
    return this.link.place;
  }

  #subject(name: string): Omit<Subject, 'token'> {
    requireSessionName(name);
    return { channel: this.channel, name };
  }

  async open(name: string, { first = {}, ...options }: OpenOptions = {}): Promise<HeldSession> {
    return this.#open(name, first, options);
  }

  async #open(name: string, first: Partial<SessionFacts>, options: WaitOptions): Promise<RedisSession> {
    const subject = this.#subject(name);
    const read = <T>(fetched: Fetched, use: (reader: SessionReader) => T): T => this.#read(name, fetched, use);
    const hold = (): Promise<RedisSession | undefined> => RedisSession.hold({ link: this.link, subject, first, read });
    return waitToHold(name, hold, { ...options, pollMs });
  }

  async look<T>(name: string, use: (reader: SessionReader) => T, known = 0): Promise<T> {
    const fetched = readFetched(await this.link.run(scriptOf('look', this.#subject(name), [known])));
    if (fetched === undefined) throw sessionNotFound(name, await this.names(), this.place);
    try {
      return this.#read(name, fetched, use);
    } catch (error) {
      const isPart = error instanceof PluginHostError && error.cause instanceof NotFetched;
      if (isPart && known > 0) return this.look(name, use);
      throw error;
    }
  }

  #read<T>(name: string, fetched: Fetched, use: (reader: SessionReader) => T): T {
    const format = Number(fetched.row['format']);
    if (format > sessionFormat.upgrades.length) {
      throw new PluginHostError('FORMAT_TOO_NEW', `${name}: it was written by a newer plugin-host`, {
        hint: sessionFormat.newerHint,
        fault: 'plugin',
      });
    }
    return this.judge(name, () => use(new SessionReader(new RedisRows(fetched), format)));
  }

  judge<T>(name: string, use: () => T): T {
    const mend: Mend = { damageHint: () => `\`plugin-host session rm ${name}\` with this state removes it.` };
    return guardDatabase(`${this.place}: ${name}`, mend, use);
  }

  readSteps(name: string): Promise<StoredStep[]> {
    return this.look(name, (reader) => reader.steps());
  }

  readContent(name: string): Promise<SessionContent> {
    return this.look(name, (reader) => reader.content());
  }

  readFacts(name: string): Promise<SessionFacts> {
    return this.look(name, (reader) => reader.facts(), noSteps);
  }

  async has(name: string): Promise<boolean> {
    requireSessionName(name);
    return (await this.link.command(['EXISTS', `${keyPrefix}session:${name}`])) === 1;
  }

  async names(): Promise<string[]> {
    return textsOf(await this.link.command(['SMEMBERS', sessionsKey])).sort();
  }

  async list(): Promise<SessionSummary[]> {
    const names = await this.names();
    const summaries: SessionSummary[] = [];
    for (let at = 0; at < names.length; at += listedAtOnce) {
      const some = names.slice(at, at + listedAtOnce);
      const replies = await this.link.run(summariesScript(some));
      summaries.push(
        ...some.flatMap((name, index) => this.#summarize(name, Array.isArray(replies) ? replies[index] : null)),
      );
    }
    return summaries;
  }

  #summarize(name: string, reply: Reply = null): SessionSummary[] {
    const fetched = readFetched(reply);
    if (fetched === undefined) return []; // removed meanwhile
    try {
      return [this.#read(name, fetched, (reader) => readSummary(reader, name))];
    } catch (error) {
      return [unreadSummary(name, (error as Error).message)];
    }
  }

  async fill(
    name: string,
    content: SessionContent & Partial<SessionFacts>,
    { replace, ...options }: WaitOptions & { replace: boolean },
  ): Promise<void> {
    if ((await this.has(name)) && !replace) throw sessionExists(name, this.place);
    const session = await this.#open(name, {}, options);
    try {
      if (session.count > 0 && !replace) throw sessionExists(name, this.place); // another process was faster
      await session.fill(content, { ...unknownFacts, ...content, origin: 'import' });
    } finally {
      await session.close();
    }
  }

  async removeAll(names: readonly string[], options: WaitOptions = {}): Promise<void> {
    for (const name of names) if (!(await this.has(name))) throw sessionNotFound(name, await this.names(), this.place);
    for (const name of new Set(names)) {
      const subject = { ...this.#subject(name), token: randomUUID() };
      const grab = async (): Promise<true | undefined> =>
        (await this.link.run(scriptOf('grab', subject))) === 'holds' || undefined;
      await waitToHold(name, grab, { ...options, pollMs });
      await this.link.run(scriptOf('remove', subject));
    }
  }

  async remove(name: string, options: WaitOptions = {}): Promise<void> {
    await this.removeAll([name], options);
  }

  stampOf(): undefined {
    return undefined;
  }

  async watch(onChange: (name: string | undefined) => void): Promise<{ close: () => void }> {
    return this.link.listen(this.channel, {
      onMessage: onChange,
      onGap: () => {
        onChange(undefined);
      },
    });
  }

  async begunCalls(): Promise<string[]> {
    return textsOf(await this.link.run(begunScript)).sort();
  }

  async callUnderWay(name: string): Promise<RunningCall | undefined> {
    const text = await this.link.command(['GET', `${keyPrefix}call:${name}`]);
    return typeof text === 'string' ? (JSON.parse(text) as RunningCall) : undefined;
  }

  async takeOwner(): Promise<Owner> {
    return RedisOwner.take(this.link);
  }

  tellLater(name: string, facts: Partial<SessionFacts>): void {
    this.#late.add(name, facts);
  }

  async takeInspector(): Promise<Owner> {
    return takeInspector(this.link);
  }

  async isRunning({ owner, ended }: SessionFacts): Promise<boolean> {
    return ended === null && owner !== null && (await this.link.command(['EXISTS', ownerKey(owner)])) === 1;
  }

  async orphans(): Promise<string[]> {
    if (!(await hasEverybodySaidSo(this.link))) return [];
    return textsOf(await this.link.run(orphansScript)).sort();
  }

  async claim(name: string, owner: string): Promise<boolean> {
    if (!(await hasEverybodySaidSo(this.link))) return false;
    return (await this.link.run(scriptOf('claim', this.#subject(name), [owner]))) === 1;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#late.close();
    await this.link[Symbol.asyncDispose]();
  }
}
