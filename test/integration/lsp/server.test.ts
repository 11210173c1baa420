import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Editor, renderDiagnostic, startServer } from './editor.ts';

const checkout = path.resolve(import.meta.dirname, '../../..');
let folder = '';
let editor: Editor | undefined;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ph-test-'));
  cpSync(path.join(checkout, 'templates/credentialstore-python'), folder, { recursive: true });
  writeFileSync(path.join(folder, 'main.py'), 'open("was-run", "w")\n');
});

afterEach(() => {
  editor?.server.kill('SIGKILL');
  editor = undefined;
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function start(): Promise<Editor> {
  editor = new Editor(folder);
  await editor.initialize();
  return editor;
}

const begin = 'plugin: .\ncases:\n  - name: x\n';

describe('an editor', () => {
  test('is told what is wrong with the text as it is, and no longer once the document is closed', async () => {
    const before = readdirSync(folder);
    const one = await start();
    expect(await one.problems('plugin-host.yaml', 'config: x\npyton: x\n')).toEqual(['1:0-5 HOST_CONFIG_INVALID 1']);
    const range = { start: { line: 1, character: 3 }, end: { line: 1, character: 3 } };
    await one.change(
      'plugin-host.yaml',
      { range, text: 'x' },
      { range: { ...range, end: { line: 1, character: 4 } }, text: 'h' },
    );
    expect(await one.diagnostics('plugin-host.yaml')).toEqual([]);
    await one.change('plugin-host.yaml', { text: '# 😀\n{"😀": 1}\n' });
    expect((await one.diagnostics('plugin-host.yaml')).map(renderDiagnostic)).toEqual(['1:1-5 HOST_CONFIG_INVALID 1']);
    await one.close('plugin-host.yaml');
    await one.problems('MANIFEST', 'name: x');
    const last = one.published.findLast(({ uri }) => uri === one.uriOf('plugin-host.yaml'));
    expect(last?.diagnostics).toEqual([]);
    expect(await one.end()).toBe(0);
    expect(readdirSync(folder)).toEqual(before); // nothing was run, nothing was written
  });

  test('gets what can be written, what it means, and the word that was meant', async () => {
    const one = await start();
    const offered = await one.complete('x.plugin-test.yaml', `${begin}    hook: |\n`);
    expect(offered.map(({ label }) => label)).toContain('get_password_list');
    expect(await one.hover('x.plugin-test.yaml', `${begin}    hook: get_p|assword_list\n`)).toContain('passwords');
    await one.open('x.plugin-test.yaml', `${begin}    hook: get_pasword_list\n`);
    const [fix] = await one.fixes('x.plugin-test.yaml', await one.diagnostics('x.plugin-test.yaml'));
    expect(fix?.title).toBe('Change to get_password_list');
    expect(await one.end({ withShutdown: false })).toBe(1);
  });

  test('that saves a file, or tells of one that has changed, is told what that means for others', async () => {
    const one = await start();
    expect(await one.problems('case/expected.kvg', '"" "" = { "retvall" = "0" }')).toEqual([]);
    mkdirSync(path.join(folder, 'case'));
    writeFileSync(path.join(folder, 'case/expect.yaml'), "point: '03'\n");
    await one.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [] });
    await expect.poll(() => one.published.at(-1)?.diagnostics.map(renderDiagnostic)).toContain('0:10-19 KEY_UNKNOWN 2');
    rmSync(path.join(folder, 'case'), { recursive: true });
    await one.connection.sendNotification('textDocument/didSave', {
      textDocument: { uri: one.uriOf('case/expected.kvg') },
    });
    await expect.poll(() => one.published.at(-1)?.diagnostics).toEqual([]);
    expect(await one.end()).toBe(0);
  });

  test('that changes a document thousands of times is told of the last text only', async () => {
    const one = await start();
    const text = `${begin}    hook: get_password_list\n`;
    await one.open('x.plugin-test.yaml', text.repeat(1));
    const end = { line: 4, character: 0 };
    for (let count = 0; count < 5000; count += 1)
      await one.change('x.plugin-test.yaml', { range: { start: end, end }, text: '#\n' });
    await one.change('x.plugin-test.yaml', { range: { start: { line: 3, character: 0 }, end }, text: '    hok: x\n' });
    expect((await one.diagnostics('x.plugin-test.yaml')).map(renderDiagnostic)).toContain('3:4-7 TEST_INVALID 1');
    expect(one.published.filter(({ uri }) => uri === one.uriOf('x.plugin-test.yaml')).length).toBeLessThan(1000);
    expect(await one.end()).toBe(0);
  });

  test('may open what is no text, no document of ours, or too large for one', async () => {
    const one = await start();
    expect(await one.problems('MANIFEST', 'name: \ufffd\u0000\ud800x\ntype: aa\n')).not.toEqual([]);
    expect(await one.problems('other.yaml', 'a: [')).toEqual([]);
    expect(await one.problems('plugin-host.yaml', 'x: 1\n'.repeat(300_000))).toEqual([]);
    expect(await one.problems('deep/plugin-host.yaml', '['.repeat(20_000))).not.toEqual([]);
    expect(await one.problems('expect.yaml', '\u0000')).toEqual([]);
    expect(await one.complete('plugin-host.yaml', `${'{'.repeat(20_000)}|`)).toEqual([]);
    expect(await one.end()).toBe(0);
  });

  test('that sends one broken message gets answers to the next', async () => {
    const one = await start();
    one.server.stdin.write('Content-Length: 3\r\n\r\n{x}');
    one.server.stdin.write(
      Buffer.concat([Buffer.from('Content-Length: 4\r\n\r\n"'), Buffer.from([0xff, 0xfe]), Buffer.from('"')]),
    );
    await one.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: 'file:///gone', version: 2 },
      contentChanges: [],
    });
    await one.connection.sendNotification('unknown/notification', [1]);
    await expect(one.connection.sendRequest('unknown/request')).rejects.toThrow('Unhandled method');
    expect(await one.problems('MANIFEST', 'name: x')).not.toEqual([]);
    expect(await one.end()).toBe(0);
  });
});

describe('the server ends', () => {
  test.each([
    ['with its input', ''],
    ['with an input that is no message', 'hello\r\n\r\n'],
    ['with an input that says no length', 'Content-Type: x\r\n\r\n'],
    ['with a message that is cut off', 'Content-Length: 100\r\n\r\n{"jsonrpc"'],
    ['with an exit that nobody asked for', 'Content-Length: 33\r\n\r\n{"jsonrpc":"2.0","method":"exit"}'],
  ])('%s, with code 1', async (_what, input) => {
    const server = startServer(folder);
    server.stdin.end(input);
    const [exitCode] = (await once(server, 'close')) as [number | null];
    expect(exitCode).toBe(1);
  });

  test('when the editor is gone, although its pipes are still open', async () => {
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    editor = new Editor(folder);
    await editor.initialize(other.pid);
    const ended = once(editor.server, 'close');
    other.kill('SIGKILL');
    const [exitCode] = (await ended) as [number | null];
    expect(exitCode).toBe(1);
  });

  test('when it is interrupted, and with an editor that reads no more', async () => {
    const one = await start();
    one.server.stdout.destroy();
    await one.open('MANIFEST', 'name: x');
    const ended = once(one.server, 'exit');
    one.server.kill('SIGTERM');
    expect(((await ended) as [number | null])[0]).toBe(130);
  });
});
