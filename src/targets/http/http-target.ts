import { randomUUID } from 'node:crypto';
import { durationMs } from '../description/duration-ms.ts';
import type { Answer, HttpDescription, Route } from '../description/target-description.ts';
import type { TargetRecords } from '../matching/target-records.ts';
import { TargetState } from '../matching/target-state.ts';
import { chooseRoute } from './choose-route.ts';
import { composeAnswer, type ComposedAnswer } from './compose-answer.ts';
import { readRequest, type ReceivedRequest } from './http-request.ts';

export interface HttpReply extends ComposedAnswer {
  /** How long it is held back. */
  delayMs: number;
  abort: Answer['abort'] | undefined;
}

/** The answers of an HTTP target, without a port. */
export class HttpTarget {
  readonly #description: HttpDescription;
  readonly #folder: string;
  readonly #records: TargetRecords;
  readonly #state = new TargetState();
  readonly #nonce = randomUUID();

  constructor(description: HttpDescription, folder: string, records: TargetRecords) {
    this.#description = description;
    this.#folder = folder;
    this.#records = records;
  }

  answer(received: ReceivedRequest): HttpReply {
    const request = readRequest(received);
    const choice = chooseRoute(this.#description.routes ?? [], request, this.#state, this.#nonce);
    const reply =
      choice.kind === 'route'
        ? this.#play(choice.route)
        : choice.kind === 'challenge'
          ? plainReply(401, 'credentials are needed\n', { 'WWW-Authenticate': choice.challenge })
          : this.#refuse(`${request.method} ${request.url}`, choice.nearest);
    const { url: _, ...record } = request;
    this.#records.requests.push({ ...record, status: reply.abort === 'connect' ? null : reply.status });
    return reply;
  }

  #play(route: Route): HttpReply {
    const { answer = {} } = route;
    const [first = {}, ...more] = Array.isArray(answer) ? answer : [answer];
    const taken = this.#state.take(route, [first, ...more]);
    if (typeof taken === 'number') return { ...composeAnswer(taken, this.#folder), delayMs: 0, abort: undefined };
    this.#state.enter(taken.then);
    return { ...composeAnswer(taken, this.#folder), delayMs: durationMs(taken.delay) ?? 0, abort: taken.abort };
  }

  #refuse(got: string, nearest: string | undefined): HttpReply {
    const near = nearest === undefined ? 'There are no routes' : `The nearest is ${nearest}`;
    const message = `${got}: no route answers this request. ${near}`;
    if (this.#description.unmatched !== 'allowed') this.#records.unmatched.push({ kind: 'request', got, message });
    return plainReply(404, 'no route answers this request\n');
  }
}

function plainReply(status: number, text: string, headers: Record<string, string> = {}): HttpReply {
  const type = { 'Content-Type': 'text/plain; charset=utf-8' };
  return { status, headers: { ...type, ...headers }, body: Buffer.from(text), delayMs: 0, abort: undefined };
}
