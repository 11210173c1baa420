import { describe, expect, test } from 'vitest';
import { languages, runCommand } from './fixture.ts';
import { type HostCall, makeStore } from './store.ts';

describe('answers', () => {
  const asking: HostCall = { behaviour: 'asks-for-a-secret', hook: 'authenticate' };
  const secret = 'correct-horse';

  test.each(languages)('that a %s plugin asked for with echo off are masked in all that is shown', async (language) => {
    const { invoke, argumentsOf, session, state } = makeStore();
    const first = await invoke({ ...asking, language });
    expect(first.json).toMatchObject({
      verdict: 'NEEDINFO',
      outcome: { value: { question: ['word', 'Secret word: ', true] } },
    });
    const second = await invoke({ ...asking, language, more: ['--answer', `word=${secret}`] });
    expect(second.exitCode).toBe(0);
    expect(second.json).toMatchObject({
      verdict: 'ACCEPT',
      kwargs: { key_value_pairs: { word: '***' } },
      outcome: { value: { reason: 'told ***' }, log: 'the word is ***\n' },
      cookie: { after: { word: '***' } },
      sessionCookie: { after: { shared: '***' } },
    });
    const shown = await Promise.all([
      runCommand(argumentsOf({ ...asking, language })),
      ...[['show', 'demo'], ['show', 'demo', '--log'], ['diff', 'demo'], ['diff', 'demo', '2'], ['ls']].map(
        async (args) => await session(...args),
      ),
      runCommand(['session', 'show', 'demo', '--log', '--state', state]),
      runCommand(['session', 'diff', 'demo', '2', '--state', state]),
    ]);
    for (const { stdout, stderr } of [second, ...shown]) expect(`${stdout}${stderr}`).not.toContain(secret);
    const clear = await runCommand(['session', 'show', 'demo', '--json', '--show-secrets', '--state', state]);
    expect(clear.stdout).toContain(secret);
  });

  test('stay masked when another plugin gives them back', async () => {
    const { invoke } = makeStore();
    await invoke(asking);
    await invoke({ ...asking, more: ['--answer', `word=${secret}`] });
    const { stdout } = await invoke({ told: { passwords: [], cookie: { echoed: `<${secret}>` } } });
    expect(stdout).not.toContain(secret);
  });

  test('are kept for the next call and can be replaced', async () => {
    const { invoke } = makeStore();
    await invoke({ ...asking, more: ['--answer', 'word=first-one'] });
    const again = await invoke({ ...asking, more: ['--show-secrets'] });
    expect(again.json).toMatchObject({ verdict: 'ACCEPT', kwargs: { key_value_pairs: { word: 'first-one' } } });
    const replaced = await invoke({ ...asking, more: ['--answer', 'word=other-one', '--show-secrets'] });
    expect(replaced.json.kwargs).toMatchObject({ key_value_pairs: { word: 'other-one' } });
  });

  test('are kept when they are empty', async () => {
    const { invoke } = makeStore();
    await invoke({ ...asking, more: ['--answer', 'word='] });
    expect((await invoke(asking)).json.kwargs).toMatchObject({ key_value_pairs: { word: '' } });
  });

  test('are kept whatever the outcome', async () => {
    const { invoke } = makeStore();
    const crashed = await invoke({ ...asking, more: ['--answer', 'word=exit'] });
    expect(crashed.json.outcome).toMatchObject({ kind: 'crashed', exitCode: 5 });
    expect((await invoke({ ...asking, more: ['--show-secrets'] })).json).toMatchObject({
      outcome: { kind: 'crashed' },
      kwargs: { key_value_pairs: { word: 'exit' } },
    });
  });

  test('win over key_value_pairs of --kwargs, which are not kept', async () => {
    const { invoke } = makeStore();
    const given = ['-k', '{"key_value_pairs":{"word":"from -k","more":"passing"}}', '--show-secrets'];
    const first = await invoke({ ...asking, more: [...given, '--answer', 'word=answered'] });
    expect(first.json.kwargs).toMatchObject({ key_value_pairs: { word: 'answered', more: 'passing' } });
    const second = await invoke({ ...asking, more: ['--show-secrets'] });
    expect(second.json.kwargs['key_value_pairs']).toEqual({ word: 'answered' });
  });

  test('of key_value_pairs of --kwargs alone are for that call only', async () => {
    const { invoke } = makeStore();
    const first = await invoke({ ...asking, more: ['-k', '{"key_value_pairs":{"word":"passing"}}'] });
    expect(first.json.verdict).toBe('ACCEPT');
    expect((await invoke(asking)).json.verdict).toBe('NEEDINFO');
  });
});
