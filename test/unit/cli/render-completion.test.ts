import { expect, test } from 'vitest';
import { createCommands } from '../../../src/cli/create-commands.ts';
import { renderCompletion } from '../../../src/cli/render-completion.ts';

/** What may follow a path of commands. */
function wordsAfter(path: string): string[] {
  const script = renderCompletion('bash', createCommands());
  const [, words = ''] = new RegExp(`^    '?${path}'?\\*\\) words='(.*)' ;;$`, 'm').exec(script) ?? [];
  return words.split(' ');
}

test.each([
  ['', ['invoke', 'session', 'kvgroup', 'completion']],
  ['session', ['ls', 'replay', 'import']],
  ['invoke', ['authenticate', 'get_password_list', '--json', '--session-cookie']],
  ['kwargs', ['get_private_key_list', '--type']],
  ['init', ['aa', 'credentialstore', '--language']],
  ['session replay', ['--json', '--proxy-timeout', '--set']],
  ['check', ['--no-import', '--reporter']],
  ['completion', ['bash', 'zsh', 'fish']],
])('completion after "%s" knows what is declared: %j', (path, words) => {
  expect(wordsAfter(path)).toEqual(expect.arrayContaining(words));
});

test('a shell that is not known is refused with the nearest', () => {
  expect(() => renderCompletion('fisj', createCommands())).toThrow(
    expect.objectContaining({ code: 'USAGE', hint: expect.stringContaining('fish') }),
  );
});
