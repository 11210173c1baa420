import { expect, test } from 'vitest';
import { classMissing } from '../../../../src/sps/invocation/class-missing.ts';
import type { Plugin } from '../../../../src/sps/plugin/plugin.ts';

function describe(text: string, entryPoint = 'main.py'): string {
  const plugin: Plugin = {
    name: 'Test',
    version: '1',
    type: 'aa',
    api: '1.9',
    language: entryPoint.endsWith('.py') ? 'python' : 'typescript',
    path: '.',
    root: '/plugin',
    entryPoint,
    warnings: [],
  };
  const { message, hint } = classMissing(plugin, text);
  return `${message} | ${hint}`;
}

test('the class that has most of the hooks is meant', () => {
  const classes = [
    { name: 'Helper', names: ['help'], file: '/plugin/main.py', line: 1 },
    { name: 'Half', names: ['session_ended'], file: '/plugin/main.py', line: 4 },
    { name: 'MyPlugin', names: ['authenticate', 'session_ended'], file: '/plugin/main.py', line: 9 },
  ];
  expect(describe(JSON.stringify(classes))).toBe(
    'main.py:9: has no class named Plugin; MyPlugin has its hooks | Rename MyPlugin to Plugin?',
  );
});

test('one that was imported under its own name is imported by the other', () => {
  const classes = [{ name: 'OtpPlugin', names: ['authenticate'], file: '/plugin/lib/plugin.py', line: 9 }];
  expect(describe(JSON.stringify(classes))).toBe(
    'main.py: has no class named Plugin; OtpPlugin has its hooks | Import it by that name: import OtpPlugin as Plugin.',
  );
});

test.each([
  ['[]', 'main.py', 'Define or import a class with exactly this name in the entry point.'],
  ['Plugin', 'main.py', 'Define or import a class with exactly this name in the entry point.'],
  [
    '[{"name":"Other","names":["other"]}]',
    'main.ts',
    'Define and export a class with exactly this name in the entry point.',
  ],
  ['[{"name":"Mine","names":["authorize"]}]', 'main.ts', 'Rename Mine to Plugin?'],
])('of %s in %s: %s %s', (text, entryPoint, hint) => {
  expect(describe(text, entryPoint)).toContain(`${entryPoint}: has no class named Plugin`);
  expect(describe(text, entryPoint)).toContain(hint);
});
