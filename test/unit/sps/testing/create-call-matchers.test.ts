import { beforeAll, describe, expect, test } from 'vitest';
import type { CallRecord } from '../../../../src/sps/call/call-record.ts';
import { createCallMatchers } from '../../../../src/sps/testing/create-call-matchers.ts';
import '../../../../src/vitest.ts';

const plugin: CallRecord['plugin'] = {
  name: 'Sample',
  version: '1',
  type: 'aa',
  api: '1.9',
  language: 'python',
  path: '.',
};

function record(hook: string, meaning: object, verdict: CallRecord['verdict'] = null, cookie = {}): CallRecord {
  const outcome = { phase: 'reply', durationMs: 1, log: 'a line\n', truncated: false, ...meaning };
  return {
    plugin,
    hook,
    session: null,
    kwargs: {},
    outcome: outcome as CallRecord['outcome'],
    verdict,
    cookie: { before: {}, after: cookie },
    sessionCookie: { before: {}, after: {} },
    deadline: { proxyTimeoutMs: 2000, pluginTimeoutMs: 1000 },
    problems: [],
  };
}

const accepted = record('authenticate', { kind: 'returned', value: { verdict: 'ACCEPT' } }, 'ACCEPT', {
  user: 'root',
  n: 1,
});
const denied = record('authorize', { kind: 'returned', value: { verdict: 'DENY' } }, 'DENY');
const asked = record('authenticate', { kind: 'returned', value: { question: ['otp', 'Code: ', true] } }, 'NEEDINFO');
const found = record('get_password_list', { kind: 'returned', value: { passwords: ['a', 'b'] } });
const empty = record('get_password_list', { kind: 'returned', value: null });
const late = record('authenticate', { kind: 'timed-out', pluginTimeoutMs: 1000, forced: false });
const raised = record('authenticate', {
  kind: 'raised',
  exception: 'lib.VaultError',
  message: 'no vault',
  traceback: 'Traceback',
});

type Assert = (subject: ReturnType<typeof expect<CallRecord>>) => void;

describe.each<[string, Assert, CallRecord[], CallRecord[]]>([
  [
    'toAccept',
    (it) => {
      it.toAccept();
    },
    [accepted],
    [denied, asked, late, raised],
  ],
  [
    'toDeny',
    (it) => {
      it.toDeny();
    },
    [denied],
    [accepted, asked, late, raised],
  ],
  [
    'toAskFor',
    (it) => {
      it.toAskFor('otp');
    },
    [asked],
    [accepted, found, late],
  ],
  [
    'toAskFor of another key',
    (it) => {
      it.toAskFor('pin');
    },
    [],
    [asked],
  ],
  [
    'toReturnPasswords',
    (it) => {
      it.toReturnPasswords(['a', 'b']);
    },
    [found],
    [empty, raised],
  ],
  [
    'toReturnPasswords in another order',
    (it) => {
      it.toReturnPasswords(['b', 'a']);
    },
    [],
    [found],
  ],
  [
    'toReturnPasswords of none',
    (it) => {
      it.toReturnPasswords([]);
    },
    [empty],
    [found, late],
  ],
  [
    'toTimeOut',
    (it) => {
      it.toTimeOut();
    },
    [late],
    [accepted, raised],
  ],
  [
    'toRaise',
    (it) => {
      it.toRaise();
    },
    [raised],
    [accepted, late],
  ],
  [
    'toRaise of a class',
    (it) => {
      it.toRaise('lib.VaultError');
    },
    [raised],
    [late],
  ],
  [
    'toRaise of another class',
    (it) => {
      it.toRaise('VaultError');
    },
    [],
    [raised],
  ],
  [
    'toRaise with a message',
    (it) => {
      it.toRaise(/^no vault$/);
    },
    [raised],
    [late],
  ],
  [
    'toSetCookie',
    (it) => {
      it.toSetCookie({ user: 'root' });
    },
    [accepted],
    [denied],
  ],
])('%s', (_name, matches, holding, failing) => {
  test.each(holding.map((each) => [each.hook, each] as const))('holds for %s', (_hook, each) => {
    // eslint-disable-next-line vitest/valid-expect -- the matcher is called by the row
    matches(expect(each));
    expect(() => {
      matches(expect(each).not);
    }).toThrow(/^expected \w+ of Sample not to /);
  });

  test.each(failing.map((each) => [each.hook, each] as const))('does not hold for %s', (_hook, each) => {
    matches(expect(each).not);
    expect(() => {
      // eslint-disable-next-line vitest/valid-expect -- the matcher is called by the row
      matches(expect(each));
    }).toThrow(/^expected \w+ of Sample to /);
  });
});

describe('a failure', () => {
  let message = '';

  beforeAll(() => {
    try {
      expect(raised).toAccept();
    } catch (error) {
      message = (error as Error).message;
    }
  });

  test('tells what was expected, what the call did and what it wrote', () => {
    expect(message).toBe(
      'expected authenticate of Sample to accept; it raised lib.VaultError: no vault\nTraceback\nlog:\n  a line',
    );
  });

  test('masks what is secret in the call and in what was expected, unless it is to be shown', () => {
    const value = { passwords: ['hunter-2-Secret'] };
    const outcome = { kind: 'returned', value, log: 'found hunter-2-Secret\n' };
    const leaky = record('get_password_list', outcome, null, { last: 'hunter-2-Secret' });
    const wanted = ['wanted-3-Secret'];
    const masked = createCallMatchers(false).toReturnPasswords(leaky, wanted);
    expect({ ...masked, message: masked.message() }).toEqual({
      pass: false,
      message: [
        'expected get_password_list of Sample to return the passwords ["***"]; it returned {"passwords":["***"]}',
        'log:',
        '  found ***',
        '*** is masked; PLUGIN_HOST_SHOW_SECRETS=1 shows it',
      ].join('\n'),
      expected: ['***'],
      actual: ['***'],
    });
    expect(createCallMatchers(false).toSetCookie(leaky, { last: 'x' }).actual).toEqual({ last: '***' });
    const shown = createCallMatchers(true).toReturnPasswords(leaky, wanted);
    expect(shown.message()).toMatch(/wanted-3-Secret.*hunter-2-Secret/);
  });

  test('of a promise that was not awaited says so', () => {
    expect(() => {
      expect(Promise.resolve(accepted)).toAccept();
    }).toThrow(/got a promise; write expect\(await /);
  });
});

test('the types know the arguments of the matchers', () => {
  const wrong = (): void => {
    // @ts-expect-error -- the key of the question is a text
    expect(asked).toAskFor(1);
    // @ts-expect-error -- a list is expected
    expect(found).toReturnPasswords('a');
  };
  expect(wrong).toBeTypeOf('function');
});
