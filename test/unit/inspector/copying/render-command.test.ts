import { expect, test } from 'vitest';
import { renderCommand } from '../../../../src/inspector/copying/render-command.ts';

const call = {
  hook: 'authenticate',
  path: 'plugins/my mfa',
  kwargs: { protocol: 'ssh', note: "it's" },
  cookie: { tries: 1 },
  sessionCookie: {},
  configuration: null,
  proxyTimeoutMs: 600_000,
};

test('a call is one line for a shell', () => {
  expect(renderCommand(call)).toBe(
    `npx plugin-host invoke authenticate -p 'plugins/my mfa' -k '{"protocol":"ssh","note":"it'\\''s"}' --cookie '{"tries":1}' --session-cookie '{}'`,
  );
});

test('a configuration follows as a here document, whose end is not one of its lines', () => {
  const text = renderCommand({ ...call, configuration: '[a]\nEND\nb = $HOME\n', proxyTimeoutMs: 2000 });
  expect(text.split('\n').slice(1)).toEqual(['[a]', 'END', 'b = $HOME', 'END_']);
  expect(text).toContain("--proxy-timeout 2000ms --config - <<'END_'\n");
});
