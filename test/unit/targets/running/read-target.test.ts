import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { PluginHostError } from '../../../../src/base/plugin-host-error.ts';
import { readTarget } from '../../../../src/targets/running/read-target.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'targets-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function errorOf(text: string): PluginHostError {
  const file = path.join(folder, 'target.yaml');
  writeFileSync(file, text);
  try {
    readTarget(file, { User: 'svc' });
  } catch (error) {
    if (error instanceof PluginHostError) return error;
  }
  throw new Error('the file was taken');
}

test('every fault is told with its line', () => {
  const { code, message } = errorOf(`http:
  routes:
    - {path: /a, method: G3T}
    - path: b
      answer: {stats: 200}
`);
  expect(code).toBe('TARGET_INVALID');
  expect(message).toMatchInlineSnapshot(`
    "target.yaml:3:18: http.routes.0.method is not valid. Such as GET. Default: any.
    target.yaml:4:7: http.routes.1.path is not valid. Begins with /; * is one segment, ** at the end the rest. What follows a question mark belongs under query.
    target.yaml:5:16: http.routes.1.answer: unknown key stats. Did you mean status?"
  `);
});

test('what is wrong beyond the shape has its line too', () => {
  expect(errorOf('ssh:\n  commands:\n    - command: {matches: "("}\n      output: ${Usr}\n').message)
    .toMatchInlineSnapshot(`
    "target.yaml:3:17: ssh.commands.0.command.matches: Invalid regular expression: /(/mu: Unterminated group; expected a regular expression of JavaScript
    target.yaml:4:7: ssh.commands.0.output: nothing is named Usr. Did you mean User? A literal begins with $\${"
  `);
});

test('a text that is no YAML has its place', () => {
  expect(errorOf('http: [\n').message).toMatch(/^target\.yaml:2:1: /);
});
