import { expect, test } from 'vitest';
import { layTargets, targetsOf } from '../../../../src/platform/testing/lay-targets.ts';
import type { TargetDescription } from '../../../../src/targets/description/target-description.ts';

const route = (path: string): TargetDescription => ({ http: { routes: [{ path }] } });
const lay = (
  file: Parameters<typeof targetsOf>[1],
  own: Parameters<typeof targetsOf>[1],
): { targets: string[]; faults: string[] } => {
  const { targets, faults } = layTargets(targetsOf([], file), targetsOf(['cases', 0], own));
  const shown = targets.map(
    ({ address = '-', http }) => `${address} ${http?.routes?.map(({ path }) => path).join('')}`,
  );
  return { targets: shown, faults: faults.map(({ message }) => message) };
};

test.each<[string, Parameters<typeof targetsOf>[1], Parameters<typeof targetsOf>[1], string[]]>([
  ['a target over the only one', { target: route('/a') }, { target: { ...route('/b'), address: 'x' } }, ['x /b/a']],
  [
    'the one of its address',
    {
      targets: [
        { ...route('/a'), address: 'a' },
        { ...route('/b'), address: 'B.' },
      ],
    },
    { target: { ...route('/c'), address: 'b' } },
    ['a /a', 'b /c/b'],
  ],
  [
    'the first, when it has no address',
    {
      targets: [
        { ...route('/a'), address: 'a' },
        { ...route('/b'), address: 'b' },
      ],
    },
    { target: route('/c') },
    ['a /c/a', 'b /b'],
  ],
  [
    'another one beside it',
    { target: route('/a') },
    { targets: [route('/b'), { ...route('/c'), address: 'c' }] },
    ['- /b/a', 'c /c'],
  ],
  ['its own, where the file has none', {}, { target: route('/a') }, ['- /a']],
])('a case has %s', (_, file, own, targets) => {
  expect(lay(file, own)).toEqual({ targets, faults: [] });
});

test('a target is of one kind, and the only one at its address', () => {
  expect(lay({ target: route('/a') }, { target: { ssh: {} } }).faults).toEqual([
    'case 1, target: expected one of http, ssh, telnet, got http and ssh',
  ]);
  expect(lay({ targets: [route('/a'), { ...route('/b'), port: 80 }] }, {}).faults).toEqual([
    'targets.1: another target claims target.test too; give this one an address or each of them a port',
  ]);
});
