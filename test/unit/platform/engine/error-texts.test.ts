import { expect, test } from 'vitest';
import { runScript } from '../run-script.ts';

const log = (text: unknown): object => ({ Log: { Text: text } });
const nothing = { SetItem: { Name: 'N', Value: null } };
const loop = (collection: unknown): object[] => [
  { SetItem: { Name: 'C', Value: collection } },
  { ForEach: { CollectionName: 'C', ElementName: 'E', Body: [] } },
];

// What `Exception` has; the words are those of task logs where they are known.
test.each([
  [[{ Throw: { Value: 'boom' } }], 'THROWN', 'boom'],
  [[{ Throw: {} }], 'THROWN', ''],
  [[{ Throw: { Value: { a: 1 } } }], 'THROWN', '{"a":1}'],
  [[{ Throw: { Message: 'drifted' } }], 'THROWN', 'drifted'],
  [[nothing, log('a %N%')], 'VARIABLE_NULL', 'expression refers to null variable: N'],
  [[nothing, log('a %{ N }%')], 'VARIABLE_NULL', 'expression refers to null variable: N'],
  [[nothing, log('%{ N.a }%')], 'VARIABLE_NULL', 'expression refers to null variable: N'],
  [[nothing, { Condition: { If: 'N', Then: [] } }], 'VARIABLE_NULL', 'expression refers to null variable: N'],
  [
    [log('%X%')],
    'VARIABLE_MISSING',
    'The variable "X" is used at path "/CheckSystem/Do/0/Log/Text" but it is not declared in that scope',
  ],
  [
    [log('%{ Uri.EscapeDataString("x") }%')],
    'VARIABLE_MISSING',
    'The variable "Uri" is used at path "/CheckSystem/Do/0/Log/Text" but it is not declared in that scope',
  ],
  [
    [{ Condition: { If: 'new Uri("x") == 1', Then: [] } }],
    'VARIABLE_MISSING',
    'The variable "Uri" is used at path "/CheckSystem/Do/0/Condition/If" but it is not declared in that scope',
  ],
  [
    [nothing, { Eval: { Expression: 'X = 1' } }],
    'VARIABLE_MISSING',
    'Key "X" was not found, the following keys exist: [N]',
  ],
  [
    [{ Send: { ConnectionObjectName: '%{ 1 }%', Buffer: 'x' } }],
    'COMMAND_FAILED',
    'ConnectionObjectName names no connection; Connect makes one',
  ],
  [
    [{ Connect: { ConnectionObjectName: 'C', Type: 'Tn3270', NetworkAddress: 'h', Login: 'u' } }],
    'NOT_EMULATED',
    'connections of type Tn3270 are not emulated',
  ],
  [
    [{ Connect: { ConnectionObjectName: 'C', Type: 'Foo', NetworkAddress: 'h', Login: 'u' } }],
    'COMMAND_FAILED',
    'Type Foo is unknown; expected Ssh or Telnet',
  ],
  [loop(null), 'COMMAND_FAILED', 'CollectionName is null; expected a list, an array or an object'],
  [loop('abc'), 'COMMAND_FAILED', 'CollectionName is of type String; expected a list, an array or an object'],
  [
    [{ For: { Condition: true, MaxIterations: '%{ 1 + 1 }%', Body: [] } }],
    'COMMAND_FAILED',
    'more than 2 iterations (MaxIterations)',
  ],
  [
    [{ ForEach: { CollectionName: '%{ new List<int>() }%', ElementName: 'E', Body: [] } }, log('%{ 1 / 0 }%')],
    'EXPRESSION_FAILED',
    'Attempted to divide by zero.',
  ],
  [
    [{ SetItem: { Name: 'L', Value: [1] } }, log('x %L%')],
    'EXPRESSION_FAILED',
    'a value of type List`1 has no text: L',
  ],
  [[{ SmaAccountName: {} }], 'NOT_EMULATED', 'SmaAccountName is not emulated'],
])('%j fails as %s', async (steps, code, detail) => {
  const { error } = await runScript({ steps });
  const verb = Object.keys(steps.at(-1) ?? {})[0] ?? '';
  const message = code === 'THROWN' ? detail : `Command ${verb} failed with an error: ${detail}`;
  expect(error).toMatchObject({ code, message });
  const { log: caught } = await runScript({
    steps: [{ Try: { Do: steps, Catch: [log('[%Exception::$%]')] } }, { Return: { Value: true } }],
  });
  expect(caught.at(-1)?.text).toBe(`[${message.replaceAll('/CheckSystem/Do/', '/CheckSystem/Do/0/Try/Do/')}]`);
});
