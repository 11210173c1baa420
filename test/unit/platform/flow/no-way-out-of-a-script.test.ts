import { afterEach, describe, expect, test } from 'vitest';
import { answering, type Given, runScript } from '../run-script.ts';

const before = Object.getOwnPropertyNames(Object.prototype).join();

afterEach(() => {
  expect(Object.getOwnPropertyNames(Object.prototype).join()).toBe(before);
});

const returned = (value: string): object => ({ Return: { Value: value } });
const set = (name: string, value: unknown): object => ({ SetItem: { Name: name, Value: value } });
/** An object with a member of such a name of its own, as JSON has it. */
const hostile = JSON.parse('{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 2}}}') as object;
const { network } = answering(() => ({
  headers: [
    ['constructor', 'c'],
    ['__proto__', 'p'],
    ['Content-Type', 'application/json'],
  ],
  body: Buffer.from(JSON.stringify(hostile)),
}));
const asked = [
  { NewHttpRequest: { ObjectName: 'R' } },
  { Request: { RequestObjectName: 'R', ResponseObjectName: 'A', Verb: 'GET', Url: 'http://127.0.0.1/' } },
  { ExtractJsonObject: { JsonObjectName: 'A', Name: 'J' } },
];

async function codeOf(given: Given): Promise<string> {
  const { error, value } = await runScript({ network, ...given });
  return error === null || error.code === 'RESULT_NOT_BOOLEAN' ? JSON.stringify(value) : error.code;
}

describe('a name that leads to the host is refused wherever it stands', () => {
  test.each<[string, object[]]>([
    ['a token', [returned('%constructor%')]],
    ['another token', [returned('%__proto__%')]],
    ['a collection', [{ ForEach: { CollectionName: 'constructor', ElementName: 'E', Body: [] } }]],
    ['a path of a collection', [set('L', [1]), { ForEach: { CollectionName: 'L.constructor.prototype', ElementName: 'E', Body: [] } }]],
    ['headers of a response', [...asked, returned('%{ A.Headers.constructor }%')]],
    ['cookies of a response', [...asked, returned('%{ A.Cookies.constructor }%')]],
    ['the status of a response', [...asked, returned('%{ A.StatusCode.constructor }%')]],
    ['an exception', [{ Try: { Do: [{ Throw: { Value: 'x' } }], Catch: [returned('%{ Exception.constructor }%')] } }]],
  ])('%s', async (_, steps) => {
    expect(await codeOf({ steps })).toBe('EXPRESSION_REFUSED');
  }); // prettier-ignore

  test.each([
    'A.GetType().Assembly.Location',
    'L.Where(x => x.GetType().Assembly != null).Count()',
    'Regex.Replace("a", "a", m => m.constructor)',
    'A[constructor]',
    'A?.__proto__?.x',
    '$"{process}"',
    '$"{A.constructor}"',
    '((object)A).constructor',
    'System.Text.Encoding.UTF8.constructor',
    'A = A.constructor',
    'Type.GetType("System.IO.File")',
    'new System.Diagnostics.Process()',
    'int.constructor',
  ])('an expression: %s', async (text) => {
    expect(await codeOf({ steps: [set('A', 'x'), set('L', ['x']), returned(`%{ ${text} }%`)] })).toBe(
      'EXPRESSION_REFUSED',
    );
  });
});

describe('what is called so by a script is an ordinary thing', () => {
  test.each<[string, object[], string]>([
    ['a variable', [set('__proto__', { polluted: 1 }), returned('%{ polluted }%')], 'VARIABLE_MISSING'],
    ['a variable that is read', [set('__proto__', { polluted: 1 }), returned('%__proto__%')], '{"polluted":1}'],
    ['a path is only a name', [set('a', {}), set('a.__proto__.polluted', 1), returned('%{ a.polluted }%')], 'EXPRESSION_FAILED'],
    ['a global', [set('Global:constructor', 'x'), returned('%constructor%')], '"x"'],
    ['a global with members', [set('Global:__proto__', { polluted: 1 }), returned('%{ polluted }%')], 'VARIABLE_MISSING'],
    ['a member of an object', [set('O', hostile), returned('%{ O.polluted }%')], 'EXPRESSION_FAILED'],
    ['a member that is read', [set('O', hostile), returned('%{ O.__proto__.polluted }%')], '1'],
    ['a result', [{ UrlEncode: { Source: 'x', ResultVariable: '__proto__' } }, returned('%__proto__%')], '"x"'],
    ['an element', [set('L', ['x']), { ForEach: { CollectionName: 'L', ElementName: 'constructor', Body: [returned('%{ constructor("return process") }%')] } }], 'EXPRESSION_FAILED'],
    ['an element with members', [set('L', [{ a: 1 }]), { ForEach: { CollectionName: 'L', ElementName: '__proto__', Body: [returned('%{ a }%')] } }], 'VARIABLE_MISSING'],
    ['a function that is not there', [{ Function: { Name: 'toString', Parameters: [] } }], 'COMMAND_FAILED'],
    ['a header', [...asked, returned('%{ A.Headers["constructor"] }%')], '["c"]'],
    ['a header that is a prototype', [...asked, returned('%{ A.Headers["__proto__"] }%')], '["p"]'],
    ['a header that is sent', [{ NewHttpRequest: { ObjectName: 'R' } }, { Headers: { RequestObjectName: 'R', AddHeaders: hostile } }, returned('true')], 'true'],
    ['JSON of a response', [...asked, returned('%{ J.polluted }%')], 'null'],
    ['a prototype in it', [...asked, returned('%{ J.__proto__.polluted }%')], '1'],
    ['a constructor in it', [...asked, returned('%{ J["constructor"]["prototype"]["polluted"] }%')], '2'],
    ['a field of a form', [{ SetFormValue: { FormObjectName: 'F', InputName: '__proto__', Value: 'x' } }, { GetFormValue: { FormObjectName: 'F', InputName: 'constructor', VariableName: 'V' } }], 'COMMAND_FAILED'],
    ['the stack of an exception', [{ Try: { Do: [{ Throw: { Value: 'x' } }], Catch: [returned('%{ Exception.stack }%')] } }], 'EXPRESSION_FAILED'],
    ['a message of Status', [{ Status: { Type: 'constructor', Percent: 1, Message: { Name: '__proto__', Parameters: [] } } }, returned('true')], 'true'],
  ])('%s', async (_, steps, result) => {
    expect(await codeOf({ steps })).toBe(result);
  }); // prettier-ignore

  test('a parameter, and a member of its default', async () => {
    const declared = [
      JSON.parse('{"constructor": {"Type": "Object", "DefaultValue": {"__proto__": {"polluted": 1}}}}'),
    ];
    const of = (text: string): Promise<string> => codeOf({ declared: declared as object[], steps: [returned(text)] });
    expect(await of('%{ constructor.polluted }%')).toBe('null');
    expect(await of('%{ constructor.__proto__.polluted }%')).toBe('1');
  });

  test('a function', async () => {
    const script = JSON.parse(
      '{"CheckSystem": {"Parameters": [], "Do": [{"Function": {"Name": "__proto__", "Parameters": [], "ResultVariable": "V"}}, {"Return": {"Value": "%V%"}}]}, "Functions": [{"Name": "__proto__", "Parameters": [], "Do": [{"Return": {"Value": true}}]}]}',
    ) as Record<string, unknown>;
    expect(await codeOf({ script })).toBe('true');
  });

  test.each([
    ['constr\\u0075ctor', 'EXPRESSION_FAILED'],
    ['A.\\u005f\\u005fproto__', 'EXPRESSION_FAILED'],
    ['A.\uff43onstructor', 'EXPRESSION_FAILED'],
    ['proce\u017f\u017f', 'VARIABLE_MISSING'],
    ['A["\\u0063onstructor"]', 'EXPRESSION_FAILED'],
    ['A["length"]', 'EXPRESSION_FAILED'],
    ['L["__proto__"]', 'EXPRESSION_FAILED'],
    ['L[-1]', 'EXPRESSION_FAILED'],
    ['typeof(System.IO.File)', 'VARIABLE_MISSING'],
    ['nameof(A)', 'VARIABLE_MISSING'],
    ['new object()', 'VARIABLE_MISSING'],
    ['A.GetType().GetType().Name', '"Type"'],
    ['Convert.ChangeType(A, A.GetType())', 'EXPRESSION_FAILED'],
    ['Regex.Match("a", "(?<__proto__>a)").Groups["__proto__"].Value', '"a"'],
    ['Regex.Match("a", "a").Groups["constructor"].Success', 'false'],
    ['Regex.Replace("a", "a", "${__proto__}")', '"${__proto__}"'],
    ['L.Select(constructor => constructor).First()', '"x"'],
    ['L.Select(__proto__ => __proto__.polluted).ToList()', 'EXPRESSION_FAILED'],
    ['(() => process)()', 'EXPRESSION_FAILED'],
    ['await import("fs")', 'EXPRESSION_FAILED'],
    ['`${process}`', 'EXPRESSION_FAILED'],
    ['(Process)A', 'EXPRESSION_FAILED'],
    ['A.constructor = A', 'EXPRESSION_FAILED'],
    ['__proto__ = A', 'VARIABLE_MISSING'],
    ['O.__proto__.polluted = 1', 'EXPRESSION_FAILED'],
    ['O["constructor"]["prototype"] = 1', 'EXPRESSION_FAILED'],
  ])('an expression: %s', async (text, result) => {
    const steps = [set('A', 'x'), set('L', ['x']), set('O', { a: 1 }), returned(`%{ ${text} }%`)];
    expect(await codeOf({ steps })).toBe(result);
  });
});
