import { randomUUID } from 'node:crypto';
import { durationMs } from '../description/duration-ms.ts';
import type { Answer, HttpDescription, Route } from '../description/target-description.ts';
import type { RequestRecord } from '../matching/request-record.ts';
import type { TargetRecords } from '../matching/target-records.ts';
import { TargetState } from '../matching/target-state.ts';
import type { Telling } from '../matching/telling.ts';
import { type Choice, chooseRoute } from './choose-route.ts';
import { composeAnswer, type ComposedAnswer } from './compose-answer.ts';
import { type HttpRequest, readRequest, type ReceivedRequest } from './http-request.ts';

export interface HttpReply extends ComposedAnswer {
  /** How long it is held back. */
  delayMs: number;
  abort: Answer['abort'] | undefined;
}

type Challenge = Extract<Choice, { kind: 'challenge' }>;

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
          ? challengeReply(choice)
          : this.#refuse(request, choice.nearest);
    const { url: _, ...asked } = request;
    const record = { ...asked, status: reply.abort === 'connect' ? null : reply.status };
    this.#records.requests.push(record);
    if (choice.kind === 'challenge') this.#deny(record, request.url, choice);
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

  #deny(request: RequestRecord, url: string, { credentials, tell }: Challenge): void {
    this.#records.denials.push({
      request,
      credentials,
      tell: (show) => `${request.method} ${show(url)}: ${credentials} credentials, answered with 401. ${tell(show)}`,
    });
  }

  #refuse({ method, url }: HttpRequest, nearest: Telling | undefined): HttpReply {
    const near: Telling = (show) => (nearest === undefined ? 'There are no routes' : `The nearest is ${nearest(show)}`);
    const tell: Telling = (show) => `${method} ${show(url)}: no route answers this request. ${near(show)}`;
    if (this.#description.unmatched !== 'allowed') this.#records.addUnmatched('request', `${method} ${url}`, tell);
    return plainReply(404, 'no route answers this request\n');
  }
}

function challengeReply({ challenge, credentials }: Challenge): HttpReply {
  const text = credentials === 'wrong' ? 'wrong credentials' : 'credentials are needed';
  return plainReply(401, `${text}\n`, { 'WWW-Authenticate': challenge });
}

function plainReply(status: number, text: string, headers: Record<string, string> = {}): HttpReply {
  const type = { 'Content-Type': 'text/plain; charset=utf-8' };
  return { status, headers: { ...type, ...headers }, body: Buffer.from(text), delayMs: 0, abort: undefined };
}
