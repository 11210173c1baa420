import { expect, test } from 'vitest';
import { checkSdk, noteOnPython } from '../../../../src/sps/check/check-sdk.ts';
import type { Plugin } from '../../../../src/sps/plugin/plugin.ts';

const plugin: Plugin = {
  name: 'Test',
  version: '1',
  type: 'aa',
  api: '1.0',
  language: 'python',
  path: '.',
  root: '/plugin',
  entryPoint: 'main.py',
  warnings: [],
};

function note(python: string | undefined, api: string, own: Partial<Plugin> = {}): string | undefined {
  return noteOnPython({ ...plugin, ...own }, { hooks: new Map(), names: [], python }, { api, spsVersion: '9.0.0' });
}

const mend = (python: string): string =>
  python === '3.6' ? '' : `: \`uv python install ${python}\` or pyenv gets one, \`--python python${python}\` takes it`;

test.each([
  { api: '1.0', python: '3.6' },
  { api: '1.6', python: '3.6' },
  { api: '1.7', python: '3.8' },
  { api: '1.8', python: '3.10' },
  { api: '1.9', python: '3.12' },
])('an appliance of API $api has Python $python', ({ api, python }) => {
  expect(note(python, api)).toBeUndefined();
  expect(note('3.11', api)).toBe(`Python 3.11 here, ${python} on an appliance of API ${api}${mend(python)}`);
});

test('nothing is noted of what is no Python 3, or of a release that nobody knows', () => {
  expect(note(undefined, '1.9')).toBeUndefined();
  expect(note('2.7', '1.9', { isLegacy: true })).toBeUndefined();
  expect(note('3.11', '2.0')).toBeUndefined();
});

test.each([
  { sdk: '1.9.0', api: '1.9', codes: [] },
  { sdk: '1.9.1', api: '1.8', codes: ['SDK_DIFFERS'] },
  { sdk: '1.4.4', api: '1.9', codes: ['SDK_DIFFERS'] },
  { sdk: undefined, api: '1.9', codes: [] },
  { sdk: '1.9.1', api: '1.0', codes: [] },
])('SDK $sdk on API $api', ({ sdk, api, codes }) => {
  const problems = checkSdk(plugin, { hooks: new Map(), names: [], sdk }, { api, spsVersion: '9.0.0' });
  expect(problems.map(({ code }) => code)).toEqual(codes);
});
