import { execFileSync } from 'node:child_process';
import { globSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { beforeAll, describe, expect, test } from 'vitest';
import { makeFolder } from '../integration/fixture.ts';

const checkout = path.resolve(import.meta.dirname, '../..');
let folder = '';
let packed = '';

/** A project that has installed the packed package, and vitest, which only the tests of its matchers use. */
beforeAll(() => {
  folder = makeFolder();
  packed = path.join(folder, 'node_modules/plugin-host');
  mkdirSync(packed, { recursive: true });
  const pack = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder];
  const [tarball = ''] = execFileSync('npm', pack, { cwd: checkout, encoding: 'utf8' }).trim().split('\n');
  execFileSync('tar', ['xf', path.join(folder, tarball), '-C', packed, '--strip-components', '1']);
  writeFileSync(path.join(folder, 'package.json'), '{"type": "module"}');
  symlinkSync(path.join(checkout, 'node_modules/vitest'), path.join(folder, 'node_modules/vitest'));
});

/** What the compiler says of a program, of all the declarations that it needs too. */
function compile(program: string, options: ts.CompilerOptions = {}): string[] {
  const file = path.join(folder, 'program.ts');
  writeFileSync(file, program);
  const compiled = ts.createProgram([file], {
    target: ts.ScriptTarget.ES2024,
    module: ts.ModuleKind.NodeNext,
    lib: ['lib.es2024.d.ts'],
    types: [],
    strict: true,
    noEmit: true,
    skipLibCheck: false,
    skipDefaultLibCheck: true, // those of the compiler itself
    ...options,
  });
  return ts
    .getPreEmitDiagnostics(compiled)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

const program = `
  import { openPlugin, openSession, PluginHostError, type CallRecord } from 'plugin-host';
  import { parseMessage } from 'plugin-host/kvgroup';
  import { openScript, runTests, startTarget } from 'plugin-host/platform';
  import type { Appliance, CredentialStorePlugin, GetPasswordListArguments } from 'plugin-host/plugin';
  export class Plugin implements CredentialStorePlugin {
    constructor(_configuration: string, readonly appliance: Appliance) {}
    async get_password_list({ server_username }: GetPasswordListArguments) {
      await using lock = await this.appliance.lock('file');
      return { passwords: [server_username], cookie: { lock: typeof lock } };
    }
    get_private_key_list() {}
    authentication_completed() {}
    session_ended() {}
  }
  await using plugin = await openPlugin('folder', { proxyTimeoutMs: 600_000 });
  await using session = await openSession({ credentialstore: plugin });
  const record = await plugin.call('get_password_list', { server_username: 'root' });
  const passwords: string[] | undefined =
    record.outcome.kind === 'returned' ? record.outcome.value?.passwords : undefined;
  const records: CallRecord[] = [record, await session.call('session_ended'), ...(await session.end())];
  await using target = await startTarget({ http: { routes: [{ path: '/health', answer: 200 }] } });
  const run = await (await openScript('portal.json')).run('CheckSystem', { targets: [target] });
  const all: boolean[] = [run.outcome === 'success', target.requests.length === 1, (await runTests('.')).ok];
  export { all, parseMessage, passwords, PluginHostError, records };`;

describe('the packed declarations', () => {
  test.each<[string, ts.CompilerOptions]>([
    ['nothing but the language', {}],
    ['the DOM', { lib: ['lib.es2024.d.ts', 'lib.dom.d.ts'] }],
    ['exact optional properties', { exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true }],
    ['the types of Node', { types: ['node'], typeRoots: [path.join(checkout, 'node_modules/@types')] }],
  ])('compile as a whole in a program with %s', (_what, options) => {
    expect(compile(program, options)).toEqual([]);
  });

  test('know the hooks and their arguments', () => {
    const open = "import { openPlugin } from 'plugin-host'; const plugin = await openPlugin('folder');";
    expect(compile(`${open} await plugin.call('get_passwords');`)).toEqual([
      expect.stringContaining('"get_passwords"'),
    ]);
    expect(compile(`${open} await plugin.call('authenticate', { gateway_usr: 'root' });`)).toEqual([
      expect.stringContaining("'gateway_usr' does not exist"),
    ]);
  });

  test('name no package but vitest, and that in its own entry', () => {
    const named = globSync('dist/**/*.d.ts', { cwd: packed }).flatMap((file) => {
      const { importedFiles, typeReferenceDirectives } = ts.preProcessFile(
        readFileSync(path.join(packed, file), 'utf8'),
        true,
        true,
      );
      const names = [...importedFiles, ...typeReferenceDirectives].map(({ fileName }) => fileName);
      return names.filter((name) => !/^\.|^plugin-host/.test(name)).map((name) => `${file}: ${name}`);
    });
    expect(named).toEqual(['dist/types/vitest.d.ts: vitest']);
  });

  test.each(['README.md', 'docs/testing-in-ci.md', 'docs/platform-test-file.md'])(
    'fit the examples of %s',
    (document) => {
      const text = readFileSync(path.join(checkout, document), 'utf8');
      const examples = [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, block = '']) => block);
      expect(examples).not.toEqual([]);
      const options = {
        skipLibCheck: true, // of vitest
        types: ['node'],
        typeRoots: [path.join(checkout, 'node_modules/@types')],
      };
      expect(examples.flatMap((example) => compile(example, options))).toEqual([]);
    },
  );

  test('add the matchers to the expect of vitest', () => {
    const matchers = "import 'plugin-host/vitest'; import { expect } from 'vitest';";
    const check = (call: string): string[] =>
      compile(`${matchers} ${call}`, { skipLibCheck: true, lib: ['lib.es2024.d.ts', 'lib.dom.d.ts'] });
    expect(check('expect({}).toReturnPasswords([]); expect({}).not.toAccept();')).toEqual([]);
    expect(check('expect({}).toReturnPassword([]);')).toEqual([expect.stringContaining('toReturnPassword')]);
  });
});

describe('the packed library', () => {
  /** What a program says of an error of the library. */
  function run(flags: string[], print: string): string {
    const text = `import { openPlugin, PluginHostError } from 'plugin-host';
      await openPlugin('nowhere').catch((error) => console.log(${print}));`;
    const args = [...flags, '--input-type=module', '-e', text];
    return execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  }

  test('keeps the names of its classes and functions', () => {
    expect(run([], 'PluginHostError.name, error.constructor.name')).toBe('PluginHostError PluginHostError\n');
    expect(run([], 'error.stack')).toMatch(/^PluginHostError: .*\n {4}at .*\n(?:.*\n)* {4}at async openPlugin /);
  });

  test('has maps that lead to its sources', () => {
    expect(run(['--enable-source-maps'], 'error.stack')).toMatch(
      /at .*openPlugin \(.*\/src\/sps\/session\/open-plugin\.ts:\d+:\d+\)/,
    );
  });
});
