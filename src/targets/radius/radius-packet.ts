import { createHash, createHmac } from 'node:crypto';

export interface Attribute {
  type: number;
  value: Buffer;
}

/** A packet of RADIUS. Source: RFC 2865, section 3. */
export interface RadiusPacket {
  code: number;
  id: number;
  /** 16 bytes. */
  authenticator: Buffer;
  attributes: readonly Attribute[];
}

export const codes = { accessRequest: 1, accessAccept: 2, accessReject: 3, accessChallenge: 11 } as const;

export const types = {
  userName: 1,
  userPassword: 2,
  chapPassword: 3,
  replyMessage: 18,
  state: 24,
  proxyState: 33,
  chapChallenge: 60,
  messageAuthenticator: 80,
} as const;

const headerBytes = 20;
const longestBytes = 4096;
const blockBytes = 16;

/** Undefined when it is none. */
export function readPacket(data: Buffer): RadiusPacket | undefined {
  if (data.length < headerBytes || data.length > longestBytes) return undefined;
  const length = data.readUInt16BE(2);
  if (length < headerBytes || length > data.length) return undefined;
  const attributes: Attribute[] = [];
  for (let at = headerBytes; at < length;) {
    const size = data[at + 1] ?? 0;
    if (size < 2 || at + size > length) return undefined;
    attributes.push({ type: data[at] ?? 0, value: data.subarray(at + 2, at + size) });
    at += size;
  }
  return { code: data[0] ?? 0, id: data[1] ?? 0, authenticator: data.subarray(4, headerBytes), attributes };
}

export function firstOf({ attributes }: RadiusPacket, type: number): Buffer | undefined {
  return attributes.find((each) => each.type === type)?.value;
}

/** The password that a request hides with the secret. Source: RFC 2865, section 5.2. */
export function readPassword(hidden: Buffer, authenticator: Buffer, secret: string): Buffer {
  const shown = Buffer.alloc(hidden.length);
  let above = authenticator;
  for (let at = 0; at < hidden.length; at += blockBytes) {
    const key = createHash('md5').update(secret).update(above).digest();
    for (let index = at; index < Math.min(at + blockBytes, hidden.length); index++) {
      shown[index] = (hidden[index] ?? 0) ^ (key[index - at] ?? 0);
    }
    above = hidden.subarray(at, at + blockBytes);
  }
  const end = shown.indexOf(0);
  return end === -1 ? shown : shown.subarray(0, end);
}

/** Whether what a client of CHAP sent was made with the password. Source: RFC 2865, section 5.3. */
export function isChapOf(password: string, sent: Buffer, challenge: Buffer): boolean {
  const own = createHash('md5').update(sent.subarray(0, 1)).update(password).update(challenge).digest();
  return own.equals(sent.subarray(1));
}

/** Whether a request that says so was made with the secret. One that says nothing is not asked. Source: RFC 3579, section 3.2. */
export function isAuthentic(packet: RadiusPacket, secret: string): boolean {
  const given = firstOf(packet, types.messageAuthenticator);
  return given === undefined || given.equals(sign(packet, secret));
}

/** An answer to a request, signed in both ways. Source: RFC 2865, section 3; RFC 3579, section 3.2. */
export function encodeAnswer(
  request: RadiusPacket,
  code: number,
  attributes: readonly Attribute[],
  secret: string,
): Buffer {
  const blank = { type: types.messageAuthenticator, value: Buffer.alloc(blockBytes) };
  const own = request.attributes.filter(({ type }) => type === types.proxyState);
  const others = [...attributes, ...own];
  const unsigned = { code, id: request.id, authenticator: request.authenticator, attributes: [blank, ...others] };
  const answer = encode({ ...unsigned, attributes: [{ ...blank, value: sign(unsigned, secret) }, ...others] });
  createHash('md5').update(answer).update(secret).digest().copy(answer, 4);
  return answer;
}

function sign(packet: RadiusPacket, secret: string): Buffer {
  const blanked = packet.attributes.map(({ type, value }) => ({
    type,
    value: type === types.messageAuthenticator ? Buffer.alloc(blockBytes) : value,
  }));
  return createHmac('md5', secret)
    .update(encode({ ...packet, attributes: blanked }))
    .digest();
}

function encode({ code, id, authenticator, attributes }: RadiusPacket): Buffer {
  const body = attributes.map(({ type, value }) => Buffer.concat([Buffer.from([type, value.length + 2]), value]));
  const length = headerBytes + body.reduce((sum, each) => sum + each.length, 0);
  const head = Buffer.from([code, id, length >> 8, length & 0xff]);
  return Buffer.concat([head, authenticator, ...body]);
}
