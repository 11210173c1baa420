import path from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { totpCodes } from '../../src/sps/plugin/credential-kind.ts';
import { type Argument, type Hook, hooksByType, type PluginType } from '../../src/sps/plugin/find-hook.ts';

const file = path.resolve(import.meta.dirname, '../../src/plugin.ts');
const program = ts.createProgram([file], {
  strict: true,
  target: ts.ScriptTarget.ES2024,
  module: ts.ModuleKind.NodeNext,
  types: [],
});
const checker = program.getTypeChecker();
const source = program.getSourceFile(file);
const module = source === undefined ? undefined : checker.getSymbolAtLocation(source);
const exported = new Map(
  module === undefined ? [] : checker.getExportsOfModule(module).map((symbol) => [symbol.name, symbol]),
);
const interfaces = { aa: 'AaPlugin', credentialstore: 'CredentialStorePlugin' };

const types = Object.keys(hooksByType) as PluginType[];
const cases = types.flatMap((type) => hooksByType[type].map((hook): [string, string, Hook] => [type, hook.name, hook]));

function typeNamed(name: string): ts.Type {
  const symbol = exported.get(name);
  if (symbol === undefined) throw new Error(`src/plugin.ts exports no ${name}`);
  return checker.getDeclaredTypeOfSymbol(symbol);
}

/** `get_password_list` and `Result` give `GetPasswordListResult`. */
function typeName(hook: string, suffix: string): string {
  return hook.replace(/(?:^|_)(.)/g, (_all, letter: string) => letter.toUpperCase()) + suffix;
}

function methodOf(type: PluginType, hook: string): ts.Symbol {
  const method = typeNamed(interfaces[type]).getProperty(hook);
  if (method === undefined) throw new Error(`${interfaces[type]} has no ${hook}`);
  return method;
}

function signatureOf(method: ts.Symbol): ts.Signature {
  const [signature] = checker.getSignaturesOfType(
    checker.getNonNullableType(checker.getTypeOfSymbol(method)),
    ts.SignatureKind.Call,
  );
  if (signature === undefined) throw new Error(`${method.name} is no method`);
  return signature;
}

/** As src/sps/plugin/find-hook.ts says it. */
function readArgument(symbol: ts.Symbol): Argument {
  const { name } = symbol;
  const whole = checker.getTypeOfSymbol(symbol);
  const type = checker.getNonNullableType(whole);
  const base = checker.isArrayType(type)
    ? 'list'
    : type.flags & ts.TypeFlags.String
      ? 'str'
      : type.flags & ts.TypeFlags.Number
        ? 'int'
        : 'dict';
  const [deprecated] = symbol.getJsDocTags(checker).filter((tag) => tag.name === 'deprecated');
  const deprecatedFor = /`(\w+)`/.exec(ts.displayPartsToString(deprecated?.text))?.[1];
  return {
    name,
    type: `${base}${type === whole ? '' : '?'}` as Argument['type'],
    since: readSince(symbol),
    ...(deprecatedFor === undefined ? {} : { deprecatedFor }),
  };
}

function readSince(symbol: ts.Symbol): string {
  return /Since API (\d+\.\d+)\./.exec(ts.displayPartsToString(symbol.getDocumentationComment(checker)))?.[1] ?? '1.0';
}

/** The alternatives of a union, or the type itself. */
function alternatives(type: ts.Type): ts.Type[] {
  return type.isUnion() ? type.types : [type];
}

function byName<Item extends { name: string }>(items: readonly Item[]): Item[] {
  return items.toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

test.each(types)('the interface of %s plugins has the hooks of that type and no others', (type) => {
  const methods = typeNamed(interfaces[type]).getProperties();
  expect(methods.map(({ name }) => name)).toEqual(hooksByType[type].map(({ name }) => name));
});

describe.each(cases)('the types for %s plugins of %s', (pluginType, name, hook) => {
  const type = pluginType as PluginType;

  test('say when the hook came and whether it is mandatory', () => {
    const method = methodOf(type, name);
    expect(readSince(method)).toBe(hook.since);
    expect(Boolean(method.flags & ts.SymbolFlags.Optional)).toBe(hook.isMandatory !== 'yes');
  });

  test('have exactly the arguments that are passed, with type, age and successor', () => {
    const declared = typeNamed(typeName(name, 'Arguments'));
    const [parameter] = signatureOf(methodOf(type, name)).getParameters();
    expect(parameter && checker.getTypeOfSymbol(parameter)).toBe(declared);
    expect(byName(declared.getProperties().map(readArgument))).toEqual(byName(hook.arguments));
  });

  test('have exactly the result keys that the product reads', () => {
    const returned = signatureOf(methodOf(type, name)).getReturnType();
    if (hook.isResultIgnored) {
      expect(checker.typeToString(returned)).toBe('unknown');
      return;
    }
    const results = alternatives(typeNamed(typeName(name, 'Result')));
    expect(alternatives(returned)).toEqual(expect.arrayContaining(results));
    const keys = new Set(results.flatMap((result) => result.getProperties().map((property) => property.name)));
    expect([...keys].sort()).toEqual(hook.resultKeys.toSorted());
  });

  test('have exactly the verdicts that the hook may give', () => {
    if (hook.isResultIgnored) return;
    const verdicts = alternatives(typeNamed(typeName(name, 'Result'))).flatMap((result) => {
      const verdict = result.getProperty('verdict');
      const literals = verdict === undefined ? [] : alternatives(checker.getTypeOfSymbol(verdict));
      return literals.map((literal) => (literal.isStringLiteral() ? literal.value : 'any text'));
    });
    expect(verdicts.sort()).toEqual(hook.verdicts.toSorted());
  });
});

test('the type of a TOTP code has the fields that the masker knows', () => {
  expect(
    typeNamed('TotpCode')
      .getProperties()
      .map(({ name }) => name),
  ).toEqual(totpCodes.fields);
});

describe('a plugin', () => {
  test.each([
    ['returns nothing', 'authenticate(): void {}'],
    ['returns null later', 'async authenticate() { return null; }'],
    [
      'asks with two items',
      "authenticate(): AuthenticateResult { return { verdict: 'NEEDINFO', question: ['otp', 'Code: '] }; }",
    ],
    [
      'declares its cookie',
      'authenticate({ cookie }: AuthenticateArguments & { cookie: { tries?: number } }): AuthenticateResult { const { tries = 0 } = cookie; return { verdict: "DENY", cookie: { ...cookie, tries: tries + 1 } }; }',
    ],
  ])('that %s is taken', (_name, hook) => {
    expect(compile(hook)).toEqual([]);
  });

  test.each([
    ['asks without a question', "authenticate(): AuthenticateResult { return { verdict: 'NEEDINFO' }; }"],
    ['gives an unknown verdict', "authenticate(): AuthenticateResult { return { verdict: 'accept' }; }"],
    ['misspells a key', "authenticate(): AuthenticateResult { return { verdict: 'DENY', reasons: 'no' }; }"],
    [
      'keeps a set in its cookie',
      "authenticate(): AuthenticateResult { return { verdict: 'DENY', cookie: { seen: new Set([1]) } }; }",
    ],
    [
      'uses an argument that the hook does not get',
      'authenticate({ server_ip }: AuthenticateArguments) { void server_ip; }',
    ],
    ['lacks a mandatory hook', ''],
  ])('that %s is refused', (_name, hook) => {
    expect(compile(hook)).not.toEqual([]);
  });

  /** What the compiler says of a plugin with this hook. */
  function compile(hook: string): string[] {
    const name = path.join(path.dirname(file), 'a-plugin.ts');
    const text = `
      import type { AaPlugin, AuthenticateArguments, AuthenticateResult } from './plugin.ts';
      export class Plugin implements AaPlugin { ${hook} session_ended() {} }
      export type Used = [AuthenticateArguments, AuthenticateResult];`;
    const options = { ...program.getCompilerOptions(), noEmit: true, allowImportingTsExtensions: true };
    const disk = ts.createCompilerHost(options);
    const host: ts.CompilerHost = {
      ...disk,
      fileExists: (each) => each === name || disk.fileExists(each),
      getSourceFile: (each, version) =>
        each === name
          ? ts.createSourceFile(each, text, version)
          : (program.getSourceFile(each) ?? disk.getSourceFile(each, version)),
    };
    const compiled = ts.createProgram([name], options, host);
    const diagnostics = compiled.getSemanticDiagnostics(compiled.getSourceFile(name));
    return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
  }
});
