import { describe, expect, test } from 'vitest';
import { openPlugin } from '../../src/index.ts';
import { fixture, languages, problemsOf, python } from './fixture.ts';

const processes = ['warm', 'cold'] as const;

describe.concurrent.each(languages.flatMap((language) => processes.map((each) => [each, language] as const)))(
  'a %s %s plugin that replaces what is built in',
  (kind, language) => {
    const place = language === 'python' ? { file: 'main.py' } : { file: 'main.ts' };

    test('has its reply, exception and problem told as ever', async () => {
      await using plugin = await openPlugin(fixture('replaces-intrinsics', language), { python, processes: kind });
      const call = async (server_username: string) => plugin.call('get_password_list', { server_username });
      expect(await call('reply')).toMatchObject({
        outcome: { kind: 'returned', value: { passwords: ['a', 'b'] } },
        cookie: { after: { list: [1, { deep: 'x' }] } },
        problems: [],
      });
      expect((await call('raise')).outcome).toMatchObject({
        kind: 'raised',
        exception: language === 'python' ? 'LookupError' : 'RangeError',
        message: 'no luck',
        traceback: expect.stringContaining(place.file),
        stack: [{ ...place, name: 'get_password_list' }],
      });
      expect(problemsOf(await call(language === 'python' ? 'set' : 'bigint'))).toEqual(['error RESULT_NOT_JSON']);
    });
  },
);
