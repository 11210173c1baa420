import { describe, expect, test } from 'vitest';
import type { Json } from '../../../../src/base/json.ts';
import type { Ending, Exchange } from '../../../../src/sps/invocation/exchange.ts';
import { type Judged, judgeExchange } from '../../../../src/sps/outcome/judge-exchange.ts';
import { findHook, type PluginType } from '../../../../src/sps/plugin/find-hook.ts';

interface Circumstances {
  type?: PluginType;
  api?: string;
  protocol?: string;
  exchange?: Partial<Exchange>;
  hasConfiguration?: boolean;
}

function judge(
  hookName: string,
  ending: Ending,
  { type = 'aa', api = '1.9', protocol = 'ssh', exchange = {}, hasConfiguration = true }: Circumstances = {},
): Judged {
  const hook = findHook(type, hookName);
  if (hook === undefined) throw new Error(hookName);
  return judgeExchange(
    {
      ending,
      phase: 'reply',
      received: [],
      unknownArguments: [],
      durationMs: 1,
      collectLog: () => ({ lines: [], truncated: false }),
      doubts: {},
      connections: [],
      left: [],
      exceeded: undefined,
      ...exchange,
    },
    {
      plugin: {
        name: 'Test',
        version: '1',
        type,
        api,
        language: 'python',
        path: '.',
        root: '/plugin',
        entryPoint: 'main.py',
        warnings: [],
      },
      hook,
      protocol,
      pluginTimeoutMs: 300_000,
      limits: {},
      hasConfiguration,
    },
  );
}

function judgeValue(hookName: string, value: Json, circumstances?: Circumstances): Judged {
  const cookies = Object.fromEntries(
    ['cookie', 'session_cookie'].flatMap((name) => {
      const cookie = typeof value === 'object' && value !== null && !Array.isArray(value) ? value[name] : undefined;
      return cookie === undefined ? [] : [[name, JSON.stringify(cookie)]];
    }),
  );
  return judge(hookName, { kind: 'returned', text: JSON.stringify(value), cookies }, circumstances);
}

const codes = ({ problems }: Judged): string[] => problems.map(({ level, code }) => `${level} ${code}`);

describe('a verdict', () => {
  test.each([
    ['authenticate', { verdict: 'ACCEPT' }, 'ACCEPT'],
    ['authenticate', { verdict: 'DENY', reason: 'no' }, 'DENY'],
    ['authenticate', { verdict: 'NONE' }, 'NONE'],
    ['authorize', { verdict: 'ACCEPT' }, 'ACCEPT'],
    ['session_ended', { verdict: 'ACCEPT' }, null],
  ])('of %s returning %j is %s', (hook, value, verdict) => {
    expect(judgeValue(hook, value)).toMatchObject({ verdict, meaning: { kind: 'returned', value }, problems: [] });
  });

  test.each([
    ['authenticate', {}, 'VERDICT_MISSING'],
    ['authorize', null, 'VERDICT_MISSING'],
    ['authorize', { verdict: 'NONE' }, 'VERDICT_MISSING'],
    ['authenticate', { verdict: 'accept' }, 'VERDICT_UNKNOWN'],
    ['authenticate', { verdict: null }, 'VERDICT_UNKNOWN'],
    ['authenticate', { verdict: 1 }, 'VERDICT_UNKNOWN'],
    ['authenticate', ['ACCEPT'], 'RESULT_NOT_A_MAPPING'],
    ['authorize', 'ACCEPT', 'RESULT_NOT_A_MAPPING'],
  ])('is not in %s returning %j: %s', (hook, value, code) => {
    const judged = judgeValue(hook, value);
    expect(judged).toMatchObject({ verdict: null, meaning: { kind: 'malformed' }, cookies: {} });
    expect(codes(judged)).toEqual([`error ${code}`]);
  });
});

describe('a question', () => {
  test.each([
    [['otp', 'OTP: '], { key: 'otp', prompt: 'OTP: ', disableEcho: false }],
    [['otp', 'OTP: ', true], { key: 'otp', prompt: 'OTP: ', disableEcho: true }],
  ])('%j is asked', (question, expected) => {
    expect(judgeValue('authenticate', { verdict: 'NEEDINFO', question })).toMatchObject({
      verdict: 'NEEDINFO',
      question: expected,
      problems: [],
    });
  });

  test.each([
    [null],
    ['otp'],
    [['otp']],
    [['otp', 'a', true, 1]],
    [[1, 'a']],
    [['otp', 1]],
    [['otp', 'a', 1]],
    [{ key: 'otp' }],
  ])('%j is malformed', (question) => {
    expect(codes(judgeValue('authenticate', { verdict: 'NEEDINFO', question }))).toEqual(['error QUESTION_MALFORMED']);
  });

  test('cannot be asked in every protocol', () => {
    const value = { verdict: 'NEEDINFO', question: ['otp', 'OTP: '] };
    expect(codes(judgeValue('authenticate', value, { protocol: 'mssql' }))).toEqual(['warning QUESTION_IMPOSSIBLE']);
  });

  test('in authorize is newer than API 1.5', () => {
    const value = { verdict: 'NEEDINFO', question: ['otp', 'OTP: '] };
    expect(codes(judgeValue('authorize', value, { api: '1.5' }))).toEqual(['warning QUESTION_IMPOSSIBLE']);
    expect(codes(judgeValue('authorize', value, { api: '1.6' }))).toEqual([]);
  });
});

describe('cookies', () => {
  const accept = { verdict: 'ACCEPT' };

  test('replace, and absent ones are kept', () => {
    expect(judgeValue('authenticate', { ...accept, cookie: { a: 1 } }).cookies).toEqual({ cookie: '{"a":1}' });
    expect(judgeValue('authenticate', accept).cookies).toEqual({});
  });

  test('that are None are kept with a warning', () => {
    const judged = judgeValue('authenticate', { ...accept, session_cookie: null });
    expect(judged.cookies).toEqual({});
    expect(codes(judged)).toEqual(['warning COOKIE_NULL']);
  });

  test('that are no mapping make the result malformed, and then nothing changes', () => {
    const judged = judgeValue('authenticate', { ...accept, cookie: { a: 1 }, session_cookie: [] });
    expect(judged).toMatchObject({ cookies: {}, meaning: { kind: 'malformed' }, verdict: null });
    expect(codes(judged)).toEqual(['error COOKIE_NOT_A_MAPPING']);
  });

  test('above 64 KiB are warned of', () => {
    expect(codes(judgeValue('authenticate', { ...accept, cookie: { a: 'x'.repeat(70_000) } }))).toEqual([
      'warning COOKIE_LARGE',
    ]);
  });

  test('of session_ended are ignored', () => {
    expect(judgeValue('session_ended', { cookie: { a: 1 } })).toMatchObject({ cookies: {}, problems: [] });
  });
});

describe('nothing', () => {
  const nothing = { kind: 'returned', text: 'null', cookies: {} } as const;
  const exchange = { doubts: { place: { file: '/plugin/lib/login.py', line: 8 } } };

  test('of authenticate is NONE, with a warning that names its line', () => {
    const { verdict, meaning, problems } = judge('authenticate', nothing, { exchange });
    expect({ verdict, meaning }).toEqual({ verdict: 'NONE', meaning: { kind: 'returned', value: null } });
    expect(problems).toEqual([
      {
        level: 'warning',
        code: 'RETURNED_NOTHING',
        message:
          'lib/login.py:8: authenticate returned nothing; SPS continues without asking the user. Is a return missing?',
        hint: 'Return a verdict on every path; {"verdict": "NONE"} if this is intended.',
        file: 'lib/login.py',
        line: 8,
      },
    ]);
  });

  test('of authorize has the line with its error', () => {
    const { problems } = judge('authorize', nothing, { exchange });
    expect(problems).toMatchObject([{ code: 'VERDICT_MISSING', file: 'lib/login.py', line: 8 }]);
  });

  test.each([{}, { place: null }, { place: { file: '/usr/lib/python3/sdk.py', line: 3 } }])(
    'has no place outside of the plugin: %j',
    (doubts) => {
      const [problem] = judge('authenticate', nothing, { exchange: { doubts } }).problems;
      expect(problem).toMatchObject({ code: 'RETURNED_NOTHING', message: expect.stringMatching(/^authenticate /) });
      expect(problem).not.toHaveProperty('file');
    },
  );

  test('that is written down is meant', () => {
    expect(judgeValue('authenticate', { verdict: 'NONE' }).problems).toEqual([]);
  });

  test('of the hooks that do not judge is as good as anything', () => {
    expect(judge('session_ended', nothing).problems).toEqual([]);
    expect(judge('get_password_list', nothing, { type: 'credentialstore' }).problems).toEqual([]);
  });
});

describe('the base class of the SDK', () => {
  const methods = ['do_authenticate', 'do_authorize', 'do_session_ended'];
  const place = { file: '/plugin/main.py', line: 5 };

  test('that stands in for a method of a similar name is told, with the line of that', () => {
    const sdk = { methods, own: { do_authentikate: { file: '/plugin/main.py', line: 9 } }, place };
    const judged = judgeValue('authenticate', { verdict: 'ACCEPT' }, { exchange: { doubts: { sdk } } });
    expect(judged.problems).toMatchObject([
      { level: 'warning', code: 'SDK_HOOK_MISSING', hint: 'Rename do_authentikate to do_authenticate?', line: 9 },
    ]);
  });

  test('that stands in for the other hooks of a plugin is as it should be', () => {
    const sdk = { methods, own: { do_authenticate: place }, place };
    const judged = judgeValue('authorize', { verdict: 'ACCEPT' }, { exchange: { doubts: { sdk } } });
    expect(judged.problems).toEqual([]);
  });
});

describe('a constructor', () => {
  const raised = { kind: 'raised', exception: 'TypeError', message: 'no', traceback: 'no' } as const;

  test('that does not take the configuration text is told so, with its line', () => {
    const exchange = { phase: 'constructor', doubts: { construction: { file: '/plugin/main.py', line: 5 } } } as const;
    expect(judge('authenticate', raised, { exchange }).problems).toMatchObject([
      { level: 'error', code: 'CONSTRUCTOR_WITHOUT_CONFIGURATION', file: 'main.py', line: 5 },
    ]);
  });

  test('that raises without a configuration is told how to name one', () => {
    const exchange = { phase: 'constructor' } as const;
    const [problem] = judge('authenticate', raised, { exchange, hasConfiguration: false }).problems;
    expect(problem).toMatchObject({ level: 'warning', code: 'CONFIGURATION_EMPTY' });
    expect(problem?.hint).toContain('--config');
    expect(problem?.hint).toContain('default.cfg');
    expect(judge('authenticate', raised, { exchange }).problems).toEqual([]);
    expect(judge('authenticate', raised, { hasConfiguration: false }).problems).toEqual([]);
  });
});

describe('what has to be awaited', () => {
  const ending = { kind: 'not-json', problem: 'no', reply: '<coroutine>', isAwaitable: true } as const;

  test('is malformed, and says so', () => {
    const exchange = { doubts: { place: { file: '/plugin/main.py', line: 9 } } };
    const { meaning, problems } = judge('authenticate', ending, { exchange });
    expect(meaning).toMatchObject({ kind: 'malformed', problem: expect.stringContaining('async def') });
    expect(problems).toMatchObject([{ level: 'error', code: 'HOOK_IS_ASYNC', file: 'main.py', line: 9 }]);
  });

  test('is told within a result too', () => {
    const inside = {
      kind: 'not-json',
      problem: 'Object of type coroutine is not JSON serializable',
      reply: '',
    } as const;
    const [problem] = judge('authenticate', inside).problems;
    expect(problem).toMatchObject({ code: 'RESULT_NOT_JSON', hint: expect.stringContaining('asyncio.run') });
  });

  test('is a warning where SPS ignores what is returned', () => {
    const judged = judge('session_ended', ending);
    expect(judged.meaning.kind).toBe('returned');
    expect(codes(judged)).toEqual(['warning HOOK_IS_ASYNC']);
  });
});

describe('what session_ended returns', () => {
  test('is ignored, a non-mapping with a warning', () => {
    expect(codes(judgeValue('session_ended', [1]))).toEqual(['warning RESULT_NOT_A_MAPPING']);
    const judged = judge('session_ended', { kind: 'not-json', problem: 'set', reply: '{1}' });
    expect(judged.meaning).toEqual({ kind: 'returned', value: null });
    expect(codes(judged)).toEqual(['warning RESULT_NOT_JSON']);
  });
});

describe('doubtful results', () => {
  const store = { type: 'credentialstore' } as const;
  const body = `${'A'.repeat(64)}\nAAAA`;
  const pem = `-----BEGIN RSA PRIVATE KEY-----\n${body}\n-----END RSA PRIVATE KEY-----\n`;

  test.each<[string, Json, Circumstances | undefined, string[]]>([
    ['authenticate', { verdict: 'ACCEPT', my_key: 'my_value' }, undefined, ['warning UNKNOWN_RESULT_KEY']],
    ['authenticate', { verdict: 'ACCEPT', gateway_user: 'w' }, undefined, ['warning GATEWAY_GROUPS_MISSING']],
    ['authenticate', { verdict: 'ACCEPT', gateway_user: 'w', gateway_groups: [] }, undefined, []],
    [
      'authenticate',
      { verdict: 'ACCEPT', gateway_user: 1, gateway_groups: 'dba' },
      undefined,
      ['warning RESULT_KEY_TYPE', 'warning RESULT_KEY_TYPE'],
    ],
    ['authenticate', { verdict: 'DENY', reason: 5 }, undefined, ['warning RESULT_KEY_TYPE']],
    ['get_password_list', null, store, []],
    ['get_password_list', { passwords: ['a'] }, store, []],
    ['get_password_list', { passwords: 'a' }, store, ['warning PASSWORD_FORMAT']],
    ['get_password_list', { passwords: ['a', null] }, store, ['warning PASSWORD_FORMAT']],
    ['get_private_key_list', { private_keys: [['ssh-rsa', pem]] }, store, []],
    ['get_private_key_list', { private_keys: [['ssh-rsa', pem.replaceAll('RSA ', '')]] }, store, []],
    ['get_private_key_list', { private_keys: [['ssh-ed25519', pem]] }, store, ['warning PRIVATE_KEY_FORMAT']],
    [
      'get_private_key_list',
      { private_keys: [['ssh-rsa', pem.replaceAll('RSA ', 'OPENSSH ')]] },
      store,
      ['warning PRIVATE_KEY_FORMAT'],
    ],
    [
      'get_private_key_list',
      { private_keys: [['ssh-rsa', pem.replace('A\n', '\n')]] },
      store,
      ['warning PRIVATE_KEY_FORMAT'],
    ],
    ['get_private_key_list', { private_keys: ['ssh-rsa'] }, store, ['warning PRIVATE_KEY_FORMAT']],
    ['get_totp_codes', { totp_codes: [{ unix_time: 1, period: 30, code: '000000' }] }, store, []],
    ['get_totp_codes', { totp_codes: ['000000'] }, store, ['warning RESULT_KEY_TYPE']],
  ])('%s returning %j', (hook, value, circumstances, expected) => {
    const judged = judgeValue(hook, value, circumstances);
    expect(judged.meaning.kind).toBe('returned');
    expect(codes(judged)).toEqual(expected);
  });

  test('a private key never stands in a message', () => {
    const judged = judgeValue('get_private_key_list', { private_keys: [['ssh-ed25519', pem]] }, store);
    expect(JSON.stringify(judged.problems)).not.toContain('AAAA');
  });
});

describe('what a plugin leaves', () => {
  test('is told after a reply, not after a timeout', () => {
    const exchange = { left: ['sleep'] };
    const value = { kind: 'returned', text: '{"verdict":"ACCEPT"}', cookies: {} } as const;
    expect(codes(judge('authorize', value, { exchange }))).toEqual(['warning LEFT_RUNNING']);
    expect(codes(judge('authorize', { kind: 'timed-out', forced: true }, { exchange }))).toEqual([]);
  });
});

describe('other endings', () => {
  test.each<[Ending, object, string[]]>([
    [{ kind: 'timed-out', forced: true }, { kind: 'timed-out', pluginTimeoutMs: 300_000, forced: true }, []],
    [
      { kind: 'exited', exitCode: 3, signal: undefined, isNeverSettled: false },
      { kind: 'crashed', exitCode: 3, signal: null },
      [],
    ],
    [
      { kind: 'exited', exitCode: 13, signal: undefined, isNeverSettled: true },
      { kind: 'crashed', exitCode: 13, signal: null },
      ['error NEVER_SETTLED'],
    ],
    [{ kind: 'not-json', problem: 'no', reply: 'x' }, { kind: 'malformed', reply: 'x' }, ['error RESULT_NOT_JSON']],
    [
      { kind: 'reply-too-large', limitBytes: 1, reply: 'x' },
      { kind: 'malformed', reply: 'x' },
      ['error REPLY_TOO_LARGE'],
    ],
  ])('%j', (ending, meaning, expected) => {
    const judged = judge('authorize', ending);
    expect(judged).toMatchObject({ meaning, verdict: null, cookies: {} });
    expect(codes(judged)).toEqual(expected);
  });
});

test.each([
  ['{"passwords": ["hunter22"', 'get_password_list: the reply cannot be read: '],
  ['{"passwords": [hunter22]}', "get_password_list: the reply cannot be read: Unexpected token 'h' is not valid JSON"],
  [`{"passwords": [${'['.repeat(5000)}${']'.repeat(5000)}]}`, 'it is nested 5002 deep'],
])('a reply that cannot be read is not quoted in the problem: %.30s', (text, message) => {
  const { meaning, problems } = judge(
    'get_password_list',
    { kind: 'returned', text, cookies: {} },
    { type: 'credentialstore' },
  );
  expect(meaning).toMatchObject({ kind: 'malformed', reply: text });
  expect(problems[0]).toMatchObject({ level: 'error', code: 'RESULT_NOT_JSON' });
  expect(problems[0]?.message).toContain(message);
  expect(problems[0]?.message).not.toMatch(/hunt|nter22/);
});

test('of a million doubtful items the first are told, and how many more there are', () => {
  const value = {
    passwords: Array.from({ length: 100_000 }, () => 1),
    ...Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`k${at}`, 1])),
  };
  const { problems } = judgeValue('get_password_list', value, { type: 'credentialstore' });
  const messages = problems.map(({ code, message }) => `${code} ${message}`);
  expect(messages).toHaveLength(42);
  expect(messages).toContain('PASSWORD_FORMAT passwords[19] is not a string');
  expect(messages).toContain('PASSWORD_FORMAT and 99980 more like this');
  expect(messages).toContain('UNKNOWN_RESULT_KEY and 10 more like this');
});
