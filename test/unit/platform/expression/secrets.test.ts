import { describe, expect, test } from 'vitest';
import { fromJson } from '../../../../src/platform/conversion/from-json.ts';
import { hasSecret } from '../../../../src/platform/conversion/has-secret.ts';
import { toJson } from '../../../../src/platform/conversion/to-json.ts';
import { ScriptList } from '../../../../src/platform/values/script-list.ts';
import { Secret } from '../../../../src/platform/values/secret.ts';
import type { Value } from '../../../../src/platform/values/value.ts';
import { runExpression } from '../run-expression.ts';

function given(): Record<string, Value> {
  const config = fromJson({ user: 'svc' });
  runExpression('Config.password = Password', { Config: config, Password: Secret.of('geheim') });
  return {
    Password: Secret.of('geheim'),
    Config: config,
    Name: 'svc',
    Items: new ScriptList('list', ['a']),
    Mixed: new ScriptList('list', ['a', Secret.of('b')]),
    Empty: Secret.of(null),
  };
}

describe('what is made of a secret is one', () => {
  test.each([
    'Password',
    '%Password%',
    'Password + "x"',
    '"x" + Password',
    '$"-{Password}-"',
    'Password.Substring(1)',
    'Password.Length',
    'Password.Split("h")',
    'Password.ToUpper().ToLower()',
    'Config.password',
    'Config["password"]',
    'true ? Password : Name',
    'Mixed[1]',
    'string.Join(",", Mixed)',
    'Regex.Match(Password, "e.")',
    'Regex.Match(Password, "e.").Value',
    'Regex.Replace(Name, "s", Password)',
    'Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Password))',
    'new DiscoveredGroup(Name, Password)',
    '(string)Password',
    'Password ?? Name',
    'Mixed.First(m => m == "b")',
  ])('%s', (text) => {
    expect(runExpression(text, given()).value).toBeInstanceOf(Secret);
  });
});

describe('what only looks at a secret is none', () => {
  test.each([
    'string.IsNullOrEmpty(Password)',
    'Password == "geheim"',
    'Password != Name',
    'Password.Equals("geheim")',
    'Password.StartsWith("g") && Name == "svc"',
    '!string.IsNullOrWhiteSpace(Password)',
    'Password == "x" ? "yes" : "no"',
    'Regex.IsMatch(Password, "g")',
    'Config.user',
    'Mixed[0]',
    'Mixed.Count',
    'Items.Contains(Password) ? Name : Name',
    'Empty',
  ])('%s', (text) => {
    expect(hasSecret(runExpression(text, given()).value)).toBe(false);
  });
});

describe('a secret that is put somewhere stays one, and makes nothing else secret', () => {
  test.each([
    ['Items.Insert(0, Password)', 'Items', '["**secret**","a"]'],
    ['Items.Add(Password + "!")', 'Items', '["a","**secret**"]'],
    ['Config.other = Password', 'Config', '{"user":"svc","password":"**secret**","other":"**secret**"}'],
    ['Config["user"] = Name', 'Config', '{"user":"svc","password":"**secret**"}'],
    ['Items[0] = Password', 'Items', '["**secret**"]'],
    ['Name = Password.Trim()', 'Name', '"**secret**"'],
    ['Name = Mixed.Select(m => m + "!").ToList()', 'Name', '["a!","**secret**"]'],
    ['Name = Mixed.Where(m => m != "x").ToArray()', 'Name', '["a","**secret**"]'],
  ])('%s', (text, name, json) => {
    const { variables } = runExpression(text, given());
    expect(toJson(variables.get(name) ?? null, { mask: '**secret**' })).toBe(json);
  });
});
