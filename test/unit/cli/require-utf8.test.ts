import { expect, test } from 'vitest';
import { requireUtf8 } from '../../../src/cli/require-utf8.ts';

function check(args: Buffer[]): void {
  const line = Buffer.concat(
    ['node', 'plugin-host.js', ...args].flatMap((each) => [Buffer.from(each), Buffer.from([0])]),
  );
  requireUtf8(
    args.map((each) => each.toString()),
    () => line,
  );
}

test('an argument that is no UTF-8 is refused, and not changed without a word', () => {
  expect(() => {
    check([Buffer.from('invoke'), Buffer.from('--set'), Buffer.from('a=\xe4', 'latin1')]);
  }).toThrow(expect.objectContaining({ code: 'USAGE', message: 'argument number 3 is not UTF-8' }));
});

test('any text is an argument, the replacement character too', () => {
  check([Buffer.from('invoke'), Buffer.from('a=\ufffd'), Buffer.from('ä'), Buffer.from('')]);
  requireUtf8(['\ufffd'], () => undefined); // where the system does not show them
});
