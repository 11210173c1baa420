import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type OpenedPlugin, openPlugin } from '../../src/index.ts';
import { configure } from './configured-fixture.ts';
import { fixture, makeFolder, python, runHost, startHost } from './fixture.ts';

/** Long enough for the start on a busy machine. */
const timing = { proxyTimeoutMs: 6000 };
const plugins: Promise<OpenedPlugin>[] = [];

afterAll(async () => {
  for (const plugin of plugins) await (await plugin).close();
});

/** Opens the plugin twice: what never ends is given less time, the others enough on a busy machine. */
function open(language: 'python' | 'typescript', processes: 'warm' | 'cold'): (how: string) => Promise<OpenedPlugin> {
  const [hasty, patient] = [timing, {}].map((times) =>
    openPlugin(fixture('ends-somewhere', language), { python, processes, ...times }),
  ) as [Promise<OpenedPlugin>, Promise<OpenedPlugin>];
  plugins.push(hasty, patient);
  return (how) => (['loop', 'thread', 'idle'].includes(how) ? hasty : patient);
}

/** Of the first line of the plugin with this text. */
function frame(language: 'python' | 'typescript', text: string, name: string): object {
  const file = language === 'python' ? 'main.py' : 'main.ts';
  const lines = readFileSync(path.join(fixture('ends-somewhere', language), file), 'utf8').split('\n');
  return { file, line: lines.findIndex((line) => line.includes(text)) + 1, name };
}

describe.concurrent.each(['warm', 'cold'] as const)('a %s Python plugin', (processes) => {
  const plugin = open('python', processes);
  const end = async (how: string) =>
    (await (await plugin(how)).call('get_password_list', { server_username: how })).outcome;

  test.each([
    { how: 'raise', kind: 'raised', text: 'raise LookupError' },
    { how: 'loop', kind: 'timed-out', text: 'while True' },
    { how: 'exit', kind: 'crashed', text: 'sys.exit(3)' },
    { how: 'signal', kind: 'crashed', text: 'os.abort()' },
  ])('that ends by $how says where', async ({ how, kind, text }) => {
    const outcome = await end(how);
    expect(outcome).toMatchObject({ kind, phase: 'hook', log: '' });
    expect(outcome).toHaveProperty('stack', [
      frame('python', 'self.end', 'get_password_list'),
      frame('python', text, 'end'),
    ]);
  });

  test('tells of its other threads too', async () => {
    const outcome = await end('thread');
    expect(outcome).toHaveProperty('stack', expect.arrayContaining([frame('python', '    stay()', 'end')]));
    expect(outcome).toHaveProperty('otherStacks', [expect.arrayContaining([frame('python', 'time.sleep', 'stay')])]);
  });

  test('does not take the end of a child for its own', async () => {
    const outcome = await end('fork');
    expect(outcome).toMatchObject({ kind: 'crashed', exitCode: 7 });
    expect(outcome).not.toHaveProperty('stack');
  });
});

describe.concurrent('a TypeScript plugin', () => {
  const plugin = open('typescript', 'warm');
  const end = async (how: string) =>
    (await (await plugin(how)).call('get_password_list', { server_username: how })).outcome;

  test.each([
    { how: 'loop', kind: 'timed-out', text: 'for (;;)' },
    { how: 'exit', kind: 'crashed', text: 'process.exit' },
    { how: 'signal', kind: 'crashed', text: 'process.kill' },
    { how: 'raise', kind: 'raised', text: 'new RangeError' },
  ])('that ends by $how says where, and nothing of that is in its log', async ({ how, kind, text }) => {
    const outcome = await end(how);
    expect(outcome).toMatchObject({ kind, phase: 'hook', log: 'at the end\n' });
    expect(outcome).toHaveProperty('stack', [
      frame('typescript', 'this.end', 'get_password_list'),
      frame('typescript', text, 'end'),
    ]);
  });

  test('that is idle says what it has open', async () => {
    const outcome = await end('idle');
    expect(outcome).toMatchObject({ kind: 'timed-out', waitsFor: ['Timeout'], log: 'at the end\n' });
    expect(outcome).not.toHaveProperty('stack');
  });

  test('tells the causes of an error, and of those the causes', async () => {
    const { traceback } = (await end('raise')) as { traceback: string };
    const heads = traceback.split('\n').filter((line) => !line.trimStart().startsWith('at '));
    expect(heads).toEqual(['RangeError: no luck', '  [cause]: AggregateError', '      [errors 0]: Error: refused']);
  });

  test('may name an error as the cause of its cause', async () => {
    const { traceback } = (await end('cycle')) as { traceback: string };
    expect(traceback).toMatch(/\[cause\]: Error: in turn[^]*\[cause\]: the same as above$/);
  });

  test('may throw what is no error', async () => {
    expect(await end('thrown')).toMatchObject({ kind: 'raised', exception: 'object', message: '{ code: 7 }' });
  });
});

test('a Python plugin may have a module of the name of one of the standard library, and raise', async () => {
  const folder = configure('raises', 'python');
  writeFileSync(path.join(folder, 'token.py'), 'x = 1\n');
  await using plugin = await openPlugin(folder, { python, processes: 'cold' });
  const { outcome } = await plugin.call('get_password_list', { server_username: 'own' });
  expect(outcome).toMatchObject({ kind: 'raised', exception: 'client.VaultError' });
});

test('the place is stored with the step, shown, and goes with an export', async () => {
  const where = ['-p', fixture('ends-somewhere'), '--state', makeFolder()];
  await runHost(
    'invoke',
    'get_password_list',
    ...where,
    '--python',
    python,
    '--set',
    'server_username=raise',
    '--session',
    'kept',
  );
  const exported = await startHost(['session', 'export', 'kept', ...where]).ended;
  const file = path.join(makeFolder(), 'kept.json');
  writeFileSync(file, exported.stdout);
  const elsewhere = [...where.slice(0, -1), makeFolder()];
  await startHost(['session', 'import', file, ...elsewhere]).ended;
  const { json } = await runHost<{ steps: { outcome: object }[] }>('session', 'show', 'kept', ...elsewhere);
  expect(json.steps[0]?.outcome).toHaveProperty('stack.1', frame('python', 'raise LookupError', 'end'));
});
