import { createHmac } from 'node:crypto';
import type { RequestRecord } from '../matching/request-record.ts';
import type { TargetRecords } from '../matching/target-records.ts';
import type { Telling } from '../matching/telling.ts';
import { describeAttributes, nameOfCode, readText } from './describe-attributes.ts';
import type { RadiusDescription, RadiusUser } from './radius-description.ts';
import {
  type Attribute,
  codes,
  encodeAnswer,
  firstOf,
  isAuthentic,
  isChapOf,
  type RadiusPacket,
  readPacket,
  readPassword,
  types,
} from './radius-packet.ts';

/** A code and what goes with it. */
interface Answer {
  code: number;
  attributes: readonly Attribute[];
}

const accept: Answer = { code: codes.accessAccept, attributes: [] };
const reject: Answer = { code: codes.accessReject, attributes: [] };

function challenge(prompt: string, state: Buffer): Answer {
  const attributes = [
    { type: types.replyMessage, value: Buffer.from(prompt) },
    { type: types.state, value: state },
  ];
  return { code: codes.accessChallenge, attributes };
}

/** The answers of a RADIUS server, without a port. */
export class RadiusTarget {
  readonly #description: RadiusDescription;
  readonly #records: TargetRecords;

  constructor(description: RadiusDescription, records: TargetRecords) {
    this.#description = description;
    this.#records = records;
  }

  /** Undefined: it says nothing. */
  answer(data: Buffer): Buffer | undefined {
    const { secret, silent = false } = this.#description;
    const packet = readPacket(data);
    if (packet === undefined) {
      this.#refuse('a datagram', 'it is no packet of RADIUS');
      return undefined;
    }
    const user = readText(firstOf(packet, types.userName) ?? Buffer.alloc(0)) ?? '';
    const answer = this.#judge(packet, user);
    const isAnswered = answer !== undefined && !silent;
    this.#records.requests.push(this.#record(packet, user, isAnswered ? answer.code : null));
    return isAnswered ? encodeAnswer(packet, answer.code, answer.attributes, secret) : undefined;
  }

  #judge(packet: RadiusPacket, user: string): Answer | undefined {
    const { secret, users = {} } = this.#description;
    const what = `${nameOfCode(packet.code)} of ${user === '' ? 'nobody' : user}`;
    if (packet.code !== codes.accessRequest) {
      this.#refuse(what, 'this server answers an Access-Request only');
      return undefined;
    }
    if (!isAuthentic(packet, secret)) {
      this.#refuse(what, 'its Message-Authenticator was not made with the secret of this server');
      return undefined;
    }
    const known = Object.hasOwn(users, user) ? users[user] : undefined;
    if (known === undefined) return reject;
    if (known.challenge === undefined) return this.#isRight(packet, known, what) ? accept : reject;
    const own = this.#stateOf(user);
    const state = firstOf(packet, types.state);
    if (state === undefined) return challenge(known.challenge, own);
    return state.equals(own) && this.#isRight(packet, known, what) ? accept : reject;
  }

  /** The same in every process: the calls of a session are answered by a server each. */
  #stateOf(user: string): Buffer {
    return Buffer.from(createHmac('sha256', this.#description.secret).update(user).digest('hex').slice(0, 16));
  }

  #isRight(packet: RadiusPacket, { password }: RadiusUser, what: string): boolean {
    const { secret } = this.#description;
    const chap = firstOf(packet, types.chapPassword);
    if (chap !== undefined) {
      const challenge = firstOf(packet, types.chapChallenge) ?? packet.authenticator;
      return password !== undefined && isChapOf(password, chap, challenge);
    }
    const sent = readText(
      readPassword(firstOf(packet, types.userPassword) ?? Buffer.alloc(0), packet.authenticator, secret),
    );
    if (sent === undefined)
      this.#refuse(what, 'its password is no text: it was not hidden with the secret of this server');
    return sent !== undefined && sent === password;
  }

  #refuse(what: string, why: string): void {
    const tell: Telling = (show) => `${show(what)}: ${why}`;
    if (this.#description.unmatched !== 'allowed') this.#records.addUnmatched('request', what, tell);
  }

  #record(packet: RadiusPacket, user: string, status: number | null): RequestRecord {
    const form = describeAttributes(packet, this.#description.secret);
    return {
      method: nameOfCode(packet.code).toUpperCase(),
      path: user,
      query: {},
      headers: {},
      cookies: {},
      form,
      body: '',
      status,
    };
  }
}
