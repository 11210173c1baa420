import { describe, expect, test } from 'vitest';
import { readDebugging } from '../../../../src/cli/sps/read-debugging.ts';
import { renderWaiting } from '../../../../src/cli/sps/render/render-waiting.ts';
import type { Terminal } from '../../../../src/cli/terminal/create-terminal.ts';
import { debuggerFailed, encodeDebugging } from '../../../../src/sps/invocation/debugging.ts';
import type { Plugin } from '../../../../src/sps/plugin/plugin.ts';

const terminal = {} as Terminal;

describe('--debug', () => {
  test.each([
    [{}, undefined],
    [{ debug: true as const }, { port: undefined, isBreaking: false }],
    [{ debug: 0 }, { port: 0, isBreaking: false }],
    [{ break: true as const }, { port: undefined, isBreaking: true }],
  ])('%j asks for %j', (options, expected) => {
    const debugging = readDebugging(options, terminal);
    expect(debugging && { port: debugging.port, isBreaking: debugging.isBreaking }).toEqual(expected);
  });

  test('is refused for a plugin of Python 2', () => {
    const debugging = readDebugging({ debug: true }, terminal);
    expect(() => encodeDebugging({ name: 'old', language: 'python', isLegacy: true }, debugging)).toThrow(
      expect.objectContaining({ code: 'DEBUGGER_MISSING' }),
    );
  });
});

test.each([
  [true, '/opt/venv/bin/python', 'Install it for this interpreter only: /opt/venv/bin/python -m pip install debugpy'],
  [true, "/it's/python", String.raw`Install it for this interpreter only: '/it'\''s/python' -m pip install debugpy`],
  [
    false,
    '/usr/bin/python3',
    'Install it beside this interpreter, and add --python venv/bin/python: /usr/bin/python3 -m venv venv && venv/bin/python -m pip install debugpy',
  ],
])('without debugpy (can install: %s) %s is told %s', (canInstall, python, hint) => {
  const text = JSON.stringify({ problem: "No module named 'debugpy'", python, canInstall });
  expect(debuggerFailed({ tag: 'debugger-missing', text })).toMatchObject({
    code: 'DEBUGGER_MISSING',
    hint,
    exitCode: 3,
  });
});

test.each([
  [5678, '--debug=5679'],
  [65_535, '--debug=65534'],
])('a port %i that is taken is told with %s', (port, remedy) => {
  const failure = debuggerFailed({ tag: 'port-refused', text: JSON.stringify({ port, problem: 'taken' }) });
  expect(failure?.hint).toContain(remedy);
});

test('where a debugger is waited for is said with what an editor needs', () => {
  const plugin = { name: 'Otp', language: 'typescript', root: '/plugins/otp', entryPoint: 'main.ts' } as Plugin;
  expect(renderWaiting({ plugin, port: 9229 })).toMatchInlineSnapshot(`
    "Otp waits for a debugger on 127.0.0.1:9229; the deadline is off
      in a terminal: node inspect 127.0.0.1:9229
      Chrome: chrome://inspect (add this port to its list)
      breakpoints: in /plugins/otp/main.ts
      Visual Studio Code: an entry of "configurations" in .vscode/launch.json, started with F5
        {
          "name": "plugin-host: Otp",
          "type": "node",
          "request": "attach",
          "address": "127.0.0.1",
          "port": 9229,
          "skipFiles": [
            "<node_internals>/**",
            "**/module-shim.mjs",
            "**/module-debugger.mjs"
          ]
        }
    Ctrl-C ends the call"
  `);
});
