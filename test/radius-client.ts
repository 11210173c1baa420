import { createHash, createHmac, randomBytes } from 'node:crypto';

interface Asked {
  user: string;
  password?: string;
  /** For CHAP, instead of hiding the password. */
  isChap?: boolean;
  state?: Buffer;
  /** Default: Access-Request. */
  code?: number;
  isSigned?: boolean;
}

const md5 = (...parts: (string | Uint8Array)[]): Buffer => {
  const hash = createHash('md5');
  for (const each of parts) hash.update(each);
  return hash.digest();
};

const attribute = (type: number, value: Buffer): Buffer =>
  Buffer.concat([Buffer.from([type, value.length + 2]), value]);

/** A packet as a client makes it. Source: RFC 2865 and 3579. */
export function accessRequest(asked: Asked, secret: string): Buffer {
  const { user, password = '', isChap = false, state, code = 1, isSigned = false } = asked;
  const authenticator = randomBytes(16);
  const id = Buffer.from([7]);
  const parts = [
    attribute(1, Buffer.from(user)),
    isChap
      ? attribute(3, Buffer.concat([id, md5(id, password, authenticator)]))
      : attribute(2, hide(password, authenticator, secret)),
    ...(state === undefined ? [] : [attribute(24, state)]),
  ];
  const encode = (signature: Buffer): Buffer => {
    const body = Buffer.concat([...parts, ...(isSigned ? [attribute(80, signature)] : [])]);
    return Buffer.concat([Buffer.from([code, 9, 0, 20 + body.length]), authenticator, body]);
  };
  return encode(
    createHmac('md5', secret)
      .update(encode(Buffer.alloc(16)))
      .digest(),
  );
}

function hide(password: string, authenticator: Buffer, secret: string): Buffer {
  const text = Buffer.from(password);
  const padded = Buffer.concat([text, Buffer.alloc(Math.max(16, Math.ceil(text.length / 16) * 16) - text.length)]);
  let above: Buffer = authenticator;
  for (let at = 0; at < padded.length; at += 16) {
    const key = md5(secret, above);
    for (let index = 0; index < 16; index++) padded[at + index] = (padded[at + index] ?? 0) ^ (key[index] ?? 0);
    above = padded.subarray(at, at + 16);
  }
  return padded;
}

/** Whether an answer was made with the secret, for this request. */
export function isAnswerTo(answer: Buffer, request: Buffer, secret: string): boolean {
  const expected = md5(answer.subarray(0, 4), request.subarray(4, 20), answer.subarray(20), secret);
  return answer[1] === request[1] && answer.subarray(4, 20).equals(expected);
}

/** The values of one attribute of a packet. */
export function valuesOf(packet: Buffer, type: number): Buffer[] {
  const found: Buffer[] = [];
  for (let at = 20; at < packet.length; at += packet[at + 1] ?? packet.length) {
    if (packet[at] === type) found.push(packet.subarray(at + 2, at + (packet[at + 1] ?? 0)));
  }
  return found;
}
