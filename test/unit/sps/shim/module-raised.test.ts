import path from 'node:path';
import { expect, test } from 'vitest';

interface Raised {
  exception: string;
  message: string;
  traceback: string;
  stack: string;
}

// Programs of the child's side have no types.
const { describeRaised } = (await import(
  path.resolve(import.meta.dirname, '../../../../src/sps/shim/module-raised.mjs')
)) as { describeRaised: (error: unknown, rootUrl: string) => Raised };

/** The lines of a traceback that name an error. */
function heads(error: unknown): string[] {
  return describeRaised(error, 'file:///p/')
    .traceback.split('\n')
    .filter((line) => !line.trimStart().startsWith('at '));
}

test('an error is told with its causes, each further in than the one that it caused', () => {
  const error = new TypeError('fetch failed', { cause: new Error('connect refused', { cause: 'no route' }) });
  expect(describeRaised(error, 'file:///p/')).toMatchObject({ exception: 'TypeError', message: 'fetch failed' });
  expect(heads(error)).toEqual([
    'TypeError: fetch failed',
    '  [cause]: Error: connect refused',
    '      [cause]: no route',
  ]);
});

test('so are errors beside each other, ten of them', () => {
  const error = new AggregateError(Array.from({ length: 30 }, (_, index) => new Error(`n${index}`)));
  expect(heads(error)).toHaveLength(11);
  expect(heads(error)[10]).toBe('  [errors 9]: Error: n9');
});

test('causes that go round end', () => {
  const [one, other] = [new Error('one'), new Error('other')];
  one.cause = other;
  other.cause = one;
  expect(heads(one)).toEqual(['Error: one', '  [cause]: Error: other', '      [cause]: the same as above']);
});

test('a bush of causes is cut', () => {
  const grow = (depth: number): Error =>
    depth === 0
      ? new Error('leaf')
      : new AggregateError(
          Array.from({ length: 10 }, () => grow(depth - 1)),
          'twig',
        );
  expect(heads(grow(3))).toHaveLength(50);
  let chain = new Error('root');
  for (let count = 0; count < 1000; count += 1) chain = new Error('link', { cause: chain });
  expect(heads(chain)).toHaveLength(11);
});

test.each<[unknown, string, string]>([
  ['a text', 'string', 'a text'],
  [undefined, 'undefined', 'undefined'],
  [null, 'object', 'null'],
  [Symbol('s'), 'symbol', 'a symbol'],
  [12n, 'bigint', '12'],
  [{ code: 7 }, 'object', '{ code: 7 }'],
  [{ name: 'VaultError', message: 'sealed' }, 'VaultError', 'sealed'],
  [Object.create(null), 'object', '[Object: null prototype] {}'],
])('%o may be thrown too', (thrown, exception, message) => {
  expect(describeRaised(thrown, 'file:///p/')).toMatchObject({ exception, message });
});

test('getters that throw and stacks that are no text are passed over', () => {
  const error = new Error('sealed');
  const refuse = { get: () => expect.fail('a getter of the plugin') };
  Object.defineProperties(error, { cause: refuse, name: refuse, stack: { value: 7 } });
  expect(describeRaised(error, 'file:///p/')).toMatchObject({ exception: 'object', message: 'sealed', stack: '' });
});

test('the place is that of the cause where the error itself has none', () => {
  const cause = Object.assign(new Error('inner'), { stack: 'Error: inner\n    at ask (file:///p/main.ts:3:1)' });
  const error = Object.assign(new Error('outer', { cause }), { stack: 'Error: outer\n    at node:net:1:1' });
  expect(describeRaised(error, 'file:///p/').stack).toContain('main.ts:3:1');
  expect(describeRaised(error, 'file:///q/').stack).toContain('node:net');
});
