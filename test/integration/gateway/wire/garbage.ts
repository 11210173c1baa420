import fc from 'fast-check';
import { writeMessage } from '../../../../src/gateway/channels/write-message.ts';
import { isWhole } from './is-whole.ts';

const randomParts = (count: number, maxLength: number, seed: number): Uint8Array[] =>
  fc.sample(fc.uint8Array({ minLength: 1, maxLength, size: 'max' }), { numRuns: count, seed });

const versions = [
  '',
  '\r\n',
  'SSH-1.5-old\r\n',
  'SSH-2.0-\r\n',
  'SSH-9.9-x\r\n',
  'GET / HTTP/1.1\r\nHost: a\r\n\r\n',
  `SSH-2.0-${'x'.repeat(100_000)}\r\n`,
  'x'.repeat(1_000_000),
  'banner\r\n'.repeat(10_000),
  'SSH-2.0-\u0000\u0001\r\n',
];
/** Begins of packets: a length that is too large, none, one with more padding than there is, and a type that is not known. */
const packets = ['ffffffff14', '0000000000', '0000000cff14', '0000000c0a15', '0000000c0aff', '0000000c0a14'].map(
  (hex) => Buffer.concat([Buffer.from('SSH-2.0-fuzz\r\n'), Buffer.from(hex, 'hex'), Buffer.alloc(64)]),
);

/** What is no SSH, or no more after its first line. */
export const garbage = (): (string | Uint8Array)[] => [
  ...versions,
  ...packets,
  ...randomParts(isWhole ? 200 : 4, 2000, 1),
  ...randomParts(isWhole ? 200 : 4, 2000, 2).map((part) => Buffer.concat([Buffer.from('SSH-2.0-fuzz\r\n'), part])),
];

/** Messages of all types, of which the first fields are what they could be. */
export const anyMessages = (count: number, types: readonly number[], seed: number): Buffer[] =>
  fc
    .sample(fc.tuple(fc.constantFrom(...types), fc.uint8Array({ maxLength: 60 }), fc.boolean()), {
      numRuns: count,
      seed,
    })
    .map(([type, rest, isNamed]) =>
      isNamed ? writeMessage(type, 0, 'session', Buffer.from(rest)) : Buffer.concat([Buffer.of(type), rest]),
    );
