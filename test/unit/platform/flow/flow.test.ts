import { describe, expect, test } from 'vitest';
import { runScript } from '../run-script.ts';

const log = (text: string): object => ({ Log: { Text: text } });
const set = (name: string, value: unknown): object => ({ SetItem: { Name: name, Value: value } });
const give = (value: unknown): object => ({ Return: { Value: value } });

async function logged(...steps: object[]): Promise<string[]> {
  const { log: lines, error } = await runScript({ steps: [...steps, give(true)] });
  expect(error).toBeNull();
  return lines.map(({ text }) => text);
}

describe('flow', () => {
  test.each([
    ['a condition that holds', { If: 'true', Then: { Do: [log('then')] }, Else: { Do: [log('else')] } }, ['then']],
    ['a text that reads as a Boolean', { If: '"False"', Then: [log('then')], Else: [log('else')] }, ['else']],
    ['no branch for it', { If: '1 > 2', Then: [log('then')] }, []],
  ])('%s', async (_, condition, expected) => {
    expect(await logged({ Condition: condition })).toEqual(expected);
  });

  test('a switch takes the first case that equals or is found', async () => {
    const cases = [
      { CaseValue: 'CHECK=1', Do: [log('one')] },
      { CaseValue: 'CHECK=[0-9]', Do: [log('some')] },
      { CaseValue: '(', Do: [log('broken')] },
    ];
    const choose = (value: string): object => ({
      Switch: { MatchValue: value, Cases: cases, DefaultCase: { Do: [log('default')] } },
    });
    expect(await logged(choose('xx CHECK=7 xx'), choose('('), choose('nothing'))).toEqual([
      'some',
      'broken',
      'default',
    ]);
  });

  test.each([
    [true, 'true', 'default'],
    [true, 'True', 'case'],
    [true, true, 'case'],
    [5, 5, 'case'],
    [5, '^5$', 'case'],
    [null, '', 'default'],
    [null, null, 'case'],
    ['a', 'A', 'default'],
    ['xaz', 'a', 'case'],
    ['a|b', 'a|b', 'case'],
  ])('a switch on %j with the case %j takes the %s', async (value, wanted, expected) => {
    const cases = [{ CaseValue: wanted, Do: [log('case')] }];
    const step = { Switch: { MatchValue: value, Cases: cases, DefaultCase: { Do: [log('default')] } } };
    expect(await logged(step)).toEqual([expected]);
  });

  test('a for loop makes its variable, and a break ends the loop alone', async () => {
    const body = [{ Condition: { If: 'i == 2', Then: [{ Break: {} }] } }, log('%i%')];
    expect(
      await logged({ For: { Before: 'i = 0', Condition: 'i < 5', End: 'i = i + 1', Body: body } }, log('after')),
    ).toEqual(['0', '1', 'after']);
  });

  test('a loop over a path of members overwrites a variable of the same name', async () => {
    const steps = [
      set('Item', 'before'),
      set('List', { items: ['a', 'b'] }),
      { ForEach: { CollectionName: 'List.items', ElementName: 'Item', Body: [log('%Item%')] } },
      log('%Item%'),
    ];
    expect(await logged(...steps)).toEqual(['a', 'b', 'b']);
  });

  test('a loop that does not end is an error of the script that names the limit', async () => {
    const { error } = await runScript({ steps: [{ For: { MaxIterations: 10, Body: [] } }] });
    expect(error).toMatchObject({ code: 'COMMAND_FAILED', message: expect.stringContaining('10 iterations') });
  });

  test('what is set first inside of a block is not there outside', async () => {
    const { error } = await runScript({ steps: [{ Condition: { If: 'true', Then: [set('A', 1)] } }, log('%A%')] });
    expect(error).toMatchObject({
      code: 'VARIABLE_MISSING',
      message:
        'Command Log failed with an error: The variable "A" is used at path "/CheckSystem/Do/1/Log/Text" but it is not declared in that scope',
      path: '/CheckSystem/Do/1/Log',
    });
  });

  test('an expression assigns to what exists only', async () => {
    const { error } = await runScript({ steps: [set('A', 1), { Eval: { Expression: 'B = 2' } }] });
    expect(error?.message).toContain('Key "B" was not found, the following keys exist: [A]');
  });
});

describe('functions', () => {
  const script = {
    CheckSystem: {
      Parameters: [{ Address: { Type: 'String', DefaultValue: 'host' } }],
      Do: [
        set('Local', 'mine'),
        { Function: { Name: 'Ask', Parameters: ['5', null], ResultVariable: 'Answer' } },
        log('%Address% %{ Answer.Sum }%'),
        give(true),
      ],
    },
    Functions: [
      {
        Name: 'Ask',
        Parameters: [{ Number: { Type: 'Integer' } }, { Other: { Type: 'Integer', DefaultValue: 3 } }],
        Do: [set('Address', 'changed'), log('%Local::$none%'), give({ Sum: '%{ Number + Other }%' })],
      },
    ],
  };

  test('see the parameters of the operation, not what their caller set', async () => {
    const { log: lines, error } = await runScript({ script });
    expect(error).toBeNull();
    expect(lines.map(({ text }) => text)).toEqual(['none', 'changed 8']);
  });

  test.each([
    ['too few arguments', ['1'], "Function 'F' expects 2 parameters, but is being called with 1", 'COMMAND_FAILED'],
    [
      'a list for a number',
      [['1'], 2],
      "Parameter A of function 'F' must be of type Integer, got List`1",
      'ARGUMENT_TYPE',
    ],
  ])('%s', async (_, given, message, code) => {
    const own = [{ A: { Type: 'Integer' } }, { B: { Type: 'Integer' } }];
    const { error } = await runScript({
      script: {
        CheckSystem: { Do: [{ Function: { Name: 'F', Parameters: given } }] },
        F: { Parameters: own, Do: [] },
      },
    });
    expect(error).toMatchObject({ code, message: expect.stringContaining(message) });
  });

  test('that call each other for ever end the run, and no Try catches that', async () => {
    const call = { Function: { Name: 'F' } };
    const { error, outcome } = await runScript({
      script: { CheckSystem: { Do: [{ Try: { Do: [call], Catch: [give(true)] } }] }, F: { Do: [call] } },
    });
    expect([outcome, error?.code]).toEqual(['error', 'BUDGET_EXCEEDED']);
  });

  test('of a library that is not emulated say so', async () => {
    const { error } = await runScript({
      script: {
        Imports: ['WindowsSshFunctions'],
        CheckSystem: { Do: [{ Function: { Name: 'WinValidatePassword' } }] },
      },
    });
    expect(error).toMatchObject({ code: 'NOT_EMULATED', message: expect.stringContaining('WindowsSshFunctions') });
  });

  test('of emulated libraries run', async () => {
    const { log: lines } = await runScript({
      script: {
        Imports: ['ResolveAssetName', 'LinuxSshLogin'],
        CheckSystem: {
          Parameters: [
            { Address: { Type: 'String' } },
            { AssetName: { Type: 'String', DefaultValue: '' } },
            { FuncUserName: { Type: 'String' } },
          ],
          Do: [
            { Function: { Name: 'ResolveAssetNameIfEmpty' } },
            log('%AssetName%'),
            {
              Try: {
                Do: [{ Function: { Name: 'VerifyFuncUserName', Parameters: [';&'] } }],
                Catch: [log('%Exception%')],
              },
            },
            give(true),
          ],
        },
      },
      parameters: { Address: '192.0.2.7', FuncUserName: 'a;b' },
    });
    expect(lines.map(({ text }) => text)).toEqual(['192.0.2.7', 'FuncUserName contains invalid characters']);
  });
});

describe('errors', () => {
  const fail = { Throw: { Value: 'first' } };

  test('a catch sees the text, a rethrow keeps the first as its cause', async () => {
    const { error, log: lines } = await runScript({
      script: {
        CheckSystem: { Do: [{ Function: { Name: 'Outer' } }] },
        Functions: [
          {
            Name: 'Outer',
            Do: [
              {
                Try: {
                  Do: [{ Function: { Name: 'Inner' } }],
                  Catch: [log('%Exception%'), { Throw: { Value: 'again' } }],
                },
              },
            ],
          },
          { Name: 'Inner', Do: [fail] },
        ],
      },
    });
    expect(lines.map(({ text }) => text)).toEqual(['first']);
    expect(error).toMatchObject({
      code: 'THROWN',
      message: 'again',
      path: '/Functions/0/Do/0/Try/Catch/1/Throw',
      stack: [{ name: 'Outer', path: '/CheckSystem/Do/0/Function' }],
      cause: { code: 'THROWN', message: 'first', path: '/Functions/1/Do/0/Throw' },
    });
  });

  test('finally runs after a return, and an error in it counts', async () => {
    const tried = (end: object): object => ({ Try: { Do: [give(true)], Finally: [log('finally'), end] } });
    const good = await runScript({ steps: [tried({ Comment: 'x' })] });
    expect([good.value, good.log.length]).toEqual([true, 1]);
    const bad = await runScript({ steps: [tried(fail)] });
    expect(bad.error?.message).toBe('first');
  });

  test('null in the middle of a text is an error, and `::$` gives a default', async () => {
    const { error, log: lines } = await runScript({ steps: [set('A', null), log('[%A::$%][%B::$b%]'), log('[%A%]')] });
    expect(lines[0]?.text).toBe('[][b]');
    expect(error).toMatchObject({ code: 'VARIABLE_NULL', message: expect.stringContaining('null variable') });
  });

  test.each([
    ['an endless loop', [{ For: { MaxIterations: 2_000_000_000, Body: [{ Comment: 'x' }] } }]],
    ['a long wait', [{ Wait: { Seconds: 3600 } }]],
  ])('%s ends with the time of the run', async (_, steps) => {
    const { error, outcome } = await runScript({ steps, maxRunMs: 200 });
    expect([outcome, error?.code]).toEqual(['error', 'RUN_TIMEOUT']);
  });

  test('a run that is cancelled says so', async () => {
    const signal = AbortSignal.timeout(50);
    const { outcome, taskStatus } = await runScript({ steps: [{ Wait: { Seconds: 3600 } }], signal });
    expect([outcome, taskStatus]).toEqual(['cancelled', 'Cancelled']);
  });
});

describe('what is returned', () => {
  test.each([
    ['CheckSystem', true, 'success', 'Success'],
    ['CheckSystem', ' TRUE ', 'success', 'Success'],
    ['CheckSystem', 'False', 'failure', 'Failure'],
    ['CheckPassword', false, 'mismatch', 'PasswordMismatch'],
    ['CheckFile', 'false', 'mismatch', 'FileMismatch'],
    ['CheckSystem', 'Error', 'error', 'Failure'],
    ['CheckSystem', 1, 'error', 'Failure'],
  ])('of %s %j is %s', async (operation, value, outcome, taskStatus) => {
    const run = await runScript({ script: { [operation]: { Do: [give(value)] } }, operation });
    expect([run.outcome, run.taskStatus]).toEqual([outcome, taskStatus]);
    expect(run.error?.code).toBe(outcome === 'error' ? 'RESULT_NOT_BOOLEAN' : undefined);
  });

  test('nothing is a success that is told of, or a failure', async () => {
    const run = await runScript({ steps: [] });
    expect([run.outcome, run.problems[0]?.code]).toEqual(['success', 'NO_RETURN']);
    expect((await runScript({ steps: [], isStrict: true })).outcome).toBe('failure');
  });
});
