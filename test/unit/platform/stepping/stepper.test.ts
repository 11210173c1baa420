import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { RunResult } from '../../../../src/platform/run/run-result.ts';
import { findBreakpoints } from '../../../../src/platform/stepping/find-breakpoints.ts';
import { listCalls, listVariables } from '../../../../src/platform/stepping/list-variables.ts';
import { setVariable } from '../../../../src/platform/stepping/set-variable.ts';
import { showExpression } from '../../../../src/platform/stepping/show-expression.ts';
import { Stepper } from '../../../../src/platform/stepping/stepper.ts';
import type { Resumption, Stop } from '../../../../src/platform/stepping/stop.ts';
import { runScript } from '../run-script.ts';

const script = {
  CheckPassword: {
    Parameters: [{ AccountPassword: { Type: 'Secret' } }, { Count: { Type: 'Integer', DefaultValue: 3 } }],
    Do: [
      { SetItem: { Name: 'Total', Value: 0 } },
      { Function: { Name: 'Add', Parameters: ['%Total%'], ResultVariable: 'Total' } },
      {
        Try: {
          Do: [{ Function: { Name: 'Fail', Parameters: [] } }],
          Catch: [{ Log: { Text: '%Exception%' } }],
        },
      },
      { Return: { Value: '%{ Total == 1 }%' } },
    ],
  },
  Functions: [
    { Name: 'Add', Parameters: [{ One: { Type: 'Integer' } }], Do: [
      { SetItem: { Name: 'Sum', Value: '%{ One + 1 }%' } },
      { Return: { Value: '%Sum%' } },
    ] },
    { Name: 'Fail', Parameters: [], Do: [{ Throw: { Value: 'not %AccountPassword%' } }] },
  ],
}; // prettier-ignore

/** Each answer is what is done at one stop; after them the run goes on. */
async function step(
  words: string[],
  answers: (Resumption | ((stop: Stop) => Resumption))[],
): Promise<{ stops: string[]; result: RunResult }> {
  const stops: string[] = [];
  const waiting = [...answers];
  const result = await runScript({
    script,
    operation: 'CheckPassword',
    parameters: { AccountPassword: 'Hunter2secret' },
    watch: (read) =>
      new Stepper(findBreakpoints(read, 'test.json', words), (stop) => {
        const { active, failure } = stop;
        stops.push(`${active.call.callable.block.name} ${failure?.code ?? active.step.verb.name}`);
        const answer = waiting.shift() ?? 'on';
        return Promise.resolve(typeof answer === 'string' ? answer : answer(stop));
      }),
  });
  return { stops, result };
}

describe('a run that is stopped', () => {
  test.each<[string, string[], Resumption[], string[]]>([
    ['goes on to the next breakpoint', ['Add', 'Return'], [], ['Add SetItem', 'Add Return', 'CheckPassword Return']],
    [
      'goes to the next step over what is called, and into blocks',
      ['start'],
      ['next', 'next', 'next', 'next', 'next', 'next'],
      ['SetItem', 'Function', 'Try', 'Function', 'Log', 'Return'].map((verb) => `CheckPassword ${verb}`),
    ],
    [
      'goes into what is called',
      ['start'],
      ['into', 'into', 'into', 'into'],
      ['CheckPassword SetItem', 'CheckPassword Function', 'Add SetItem', 'Add Return', 'CheckPassword Try'],
    ],
    ['goes out of a function', ['Add'], ['out'], ['Add SetItem', 'CheckPassword Try']],
    ['stops where an error arises, before Catch', ['error'], ['next'], ['Fail THROWN', 'CheckPassword Log']],
  ])('%s', async (_, words, answers, stops) => {
    const found = await step(words, answers);
    expect(found.stops).toEqual(stops);
    expect(found.result).toMatchObject({ outcome: 'success', problems: [{ code: 'DEADLINE_OFF' }] });
  });

  test('is cancelled by who looks, also where an error arises', async () => {
    for (const words of [['start'], ['error']]) {
      const { result } = await step(words, ['quit']);
      expect(result).toMatchObject({ outcome: 'cancelled', taskStatus: 'Cancelled', log: [] });
    }
  });

  test('has no deadline meanwhile', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const look = (): Resumption => {
      vi.advanceTimersByTime(3_600_000);
      return 'on';
    };
    const { result } = await step(['Add', 'error'], [look, look, look]);
    expect(result.outcome).toBe('success');
  });

  test('without a stop keeps it', async () => {
    const { result } = await step([], []);
    expect(result.problems).toEqual([]);
  });
});

describe('at a stop', () => {
  /** What a look gives at the first step of `Add`. */
  async function at<T>(look: (stop: Stop) => T): Promise<{ seen: T; result: RunResult }> {
    const seen: T[] = [];
    const { result } = await step(['Add'], [
      (stop) => {
        seen.push(look(stop));
        return 'on';
      },
    ]); // prettier-ignore
    const [only] = seen;
    if (only === undefined) throw new Error('no stop');
    return { seen: only, result };
  }

  test('variables are seen, the nearest first, secrets masked', async () => {
    const { seen } = await at(({ active }) => listVariables(active));
    expect(seen).toEqual([
      { name: 'One', value: 0 },
      { name: 'AccountPassword', value: '**secret**' },
      { name: 'Count', value: 3 },
    ]);
  });

  test('so are the functions around the step', async () => {
    const { seen } = await at(({ active }) => listCalls(active).map(({ name, step: { path } }) => `${name} ${path}`));
    expect(seen).toEqual(['Add /Functions/0/Do/0/SetItem', 'CheckPassword /CheckPassword/Do/1/Function']);
  });

  test.each([
    ['One + 1', { value: 1, notes: [] }],
    ['%{ One == 0 }%', { value: true, notes: [] }],
    ['AccountPassword', { value: '**secret**', notes: [] }],
    ['AccountPassword.Substring(0, 1)', { value: '**secret**', notes: [] }],
    ['"it is Hunter2" + "secret"', { value: 'it is **secret**', notes: [] }],
    ['count', { value: 3, notes: [expect.stringContaining('spelled Count')] }],
    ['One +', { code: 'EXPRESSION_FAILED' }],
    ['process.env', { code: 'EXPRESSION_REFUSED' }],
    ['New = 1', { code: 'VARIABLE_MISSING' }],
    ['Regex.IsMatch("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "^(a+)+$")', { code: 'BUDGET_EXCEEDED' }],
    ['"a".PadLeft(2000000000)', { code: 'BUDGET_EXCEEDED' }],
  ])('an expression has the power of a script: %s', async (text, shown) => {
    const { seen, result } = await at(({ active }) => showExpression(active, text));
    expect(seen).toMatchObject(shown);
    expect(result.outcome).toBe('success');
  });

  test('an expression may change what it could change in a script', async () => {
    const { result } = await at(({ active }) => showExpression(active, 'One = 41'));
    expect(result).toMatchObject({ outcome: 'mismatch', value: false });
  });

  test.each([
    ['One', '7', 7],
    ['Count', '-1', -1],
    ['Text', '7', 7],
    ['Text', 'some text', 'some text'],
    ['List', '[1, "a"]', [1, 'a']],
    ['Flag', 'true', true],
    ['AccountPassword', 'Another1pass', '**secret**'],
  ])('a variable is set: %s=%s', async (name, text, value) => {
    const { seen } = await at(({ active }) => [setVariable(active, name, text), showExpression(active, name)]);
    expect(seen).toMatchObject([{ value }, { value }]);
  });

  test('a text that is not of the type of the variable changes nothing', async () => {
    const { seen, result } = await at(({ active }) => setVariable(active, 'One', 'one'));
    expect(seen).toMatchObject({ code: 'PARAMETER_TYPE' });
    expect(result.outcome).toBe('success');
  });
});
