import { expect, test } from 'vitest';
import { findPlace } from '../../../../../src/inspector/page/details/find-place.ts';

test.each([
  [
    'the key and value that the message names',
    '{"verdict":"OK","cookie":{}}',
    'authenticate: verdict is "OK"; expected ACCEPT',
    '"verdict":"OK"',
  ],
  ['a key alone, whose value is a list', '{"cookie": [1]}', 'cookie is a list; expected a mapping', '"cookie":'],
  [
    'a key as Python writes it',
    "{'passwords': [b'x']}",
    'get: cannot be written: passwords[0] is bytes',
    "'passwords':",
  ],
  ['the position that the message names', '{"a":}', 'authenticate: the reply cannot be read: at position 5', '}'],
  [
    'nothing, when the reply as a whole is at fault',
    '[1]',
    'authorize: returned a list; expected a mapping',
    undefined,
  ],
  ['nothing in a masked reply', '***', 'get: cannot be written as JSON: passwords[0] is bytes', undefined],
  ['no hook of the same name', '{"authenticate":1}', 'authenticate: returned 1', undefined],
])('finds %s', (_what, reply, message, expected) => {
  const place = findPlace(reply, message);
  expect(place && reply.slice(...place)).toBe(expected);
});
