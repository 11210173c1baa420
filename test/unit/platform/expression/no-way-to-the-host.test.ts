import { afterEach, describe, expect, test } from 'vitest';
import { fromJson } from '../../../../src/platform/conversion/from-json.ts';
import { parseJson } from '../../../../src/platform/conversion/parse-json.ts';
import { ScriptList } from '../../../../src/platform/values/script-list.ts';
import type { Value } from '../../../../src/platform/values/value.ts';
import { resultOf } from '../run-expression.ts';

const before = Object.getOwnPropertyNames(Object.prototype).join();

afterEach(() => {
  expect(Object.getOwnPropertyNames(Object.prototype).join()).toBe(before);
});

function given(): Record<string, Value> {
  return {
    A: 'text',
    L: new ScriptList('list', ['x']),
    O: fromJson({ a: 1 }),
    J: parseJson('{"a": {"b": 1}, "__proto__": {"polluted": true}}'),
  };
}

describe('a name that leads to the host is refused', () => {
  test.each([
    'process',
    'process.exit(1)',
    'process.mainModule.require("child_process").execSync("id")',
    'require("fs")',
    'import("fs")',
    'global.process',
    'globalThis.process.env',
    'window.eval("1")',
    'eval("1")',
    'Function("return process")()',
    'new Function("return process")()',
    'Reflect.ownKeys(A)',
    'new Proxy(A, A)',
    'this.constructor',
    'module.exports',
    'Buffer.from(A)',
    'WebAssembly.compile(A)',
    '"a".constructor',
    'A.constructor("return process")()',
    'A.__proto__',
    'A["x".constructor]',
    'L.constructor.constructor("return process")()',
    'L.__proto__.polluted = 1',
    'L.Select(x => x.constructor)',
    '(1).constructor',
    'true.__proto__',
    'A.ToUpper().__defineGetter__("x", A)',
    'Regex.prototype',
    'Regex.Match(A, "t").Groups.constructor',
    'A.GetType().Assembly',
    'A.GetType().GetMethod("ToString").Invoke(A, null)',
    'true.GetType().Module',
    'System.IO.File.ReadAllText("/etc/passwd")',
    'System.Diagnostics.Process.Start("id")',
    'System.Environment.Exit(1)',
    'System.Reflection.Assembly.Load("x")',
    'new System.Net.WebClient().DownloadString("http://x")',
    'Environment.GetEnvironmentVariable("PATH")',
    'Activator.CreateInstance(A)',
    'File.ReadAllText("/etc/passwd")',
    'Process.Start("id")',
    'AppDomain.CurrentDomain',
    '%process%',
    'process ?? 1',
  ])('%s', (text) => {
    expect(resultOf(text, given())).toMatch(/^EXPRESSION_REFUSED: "/);
  });
});

describe('such a name in an object of the script is an ordinary one', () => {
  test.each([
    ['O.constructor', /was not found, the following keys exist: \[a\]/],
    ['J.constructor', /^null$/],
    ['J.__proto__.polluted', /^true$/],
    ['J.a.__proto__', /^null$/],
    ['J.toString', /^null$/],
    ['O.__proto__ = L', /^\["x"\]$/],
    ['O["__proto__"] = 1', /^1$/],
    ['O.hasOwnProperty', /was not found/],
    ['J.a.hasOwnProperty("b")', /'JObject' does not contain a definition/],
    ['A.toString.call', /does not contain a definition for 'toString'/],
    ['A.valueOf()', /does not contain a definition/],
    ['L.push(1)', /does not contain a definition/],
    ['L.map(x => x)', /does not contain a definition/],
    ['L.items', /does not contain a definition/],
    ['A.replace.apply(A)', /does not contain a definition/],
    ['Regex.lastMatch', /does not contain a definition/],
    ['string.raw("x")', /does not contain a definition/],
    ['hasOwnProperty("x")', /VARIABLE_MISSING/],
    ['toString()', /VARIABLE_MISSING/],
    ['A()', /is not a method/],
  ])('%s', (text, result) => {
    expect(resultOf(text, given())).toMatch(result);
  });

  test('and a variable may be called so', () => {
    expect(resultOf('process + Process', { process: 'a', Process: 'b' })).toBe('"ab"');
  });
});
