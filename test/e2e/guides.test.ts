import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';

const checkout = path.resolve(import.meta.dirname, '../..');
const guides = [
  'docs/first-plugin.md',
  'docs/debugging-a-timeout.md',
  'docs/cookies-and-needinfo.md',
  'docs/testing-in-ci.md',
  'docs/from-pluginv.md',
  'docs/first-platform-script.md',
  'docs/platform-testing.md',
  'docs/backends.md',
];
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ph-test-'));
  mkdirSync(path.join(folder, 'bin'));
  const host = `exec '${process.execPath}' '${path.join(checkout, 'bin/plugin-host.js')}' "$@"`;
  writeProgram('plugin-host', host);
  writeProgram('npx', 'exec "$@"');
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function writeProgram(name: string, line: string): void {
  const file = path.join(folder, 'bin', name);
  writeFileSync(file, `#!/bin/sh\n${line}\n`);
  chmodSync(file, 0o755);
}

interface Command {
  text: string;
  /** What the guide prints below it. */
  lines: string[];
}

/** The commands of each console block. */
function readBlocks(text: string): Command[][] {
  return [...text.matchAll(/^```console\n(.*?)^```$/gmsu)].map(([, block = '']) =>
    block
      .split(/^\$ /mu)
      .slice(1)
      .map((each) => {
        const [command = '', ...lines] = each.split('\n');
        return { text: command, lines: lines.filter((line) => line.trim() !== '' && line !== '…') };
      }),
  );
}

/** Without what differs from run to run: times and the bars that show them, sizes, ports, digests. */
function mask(line: string): string {
  return line
    .replaceAll(/[▏▎▍▌▋▊▉█▓·]+/gu, '▏')
    .replaceAll(/[0-9a-f]{64}/gu, 'DIGEST')
    .replaceAll(/127\.0\.0\.1:\d+/gu, 'ADDRESS')
    .replaceAll(/\+?\d+(?:\.\d+)? ?(?:ms|s|min|kB|B)\b/gu, 'AMOUNT')
    .replaceAll(/\b\d+\.\d{3}\b/gu, 'SECONDS')
    .replaceAll(/^ {2,}\d+ (?=[A-Z-]| {2})/gu, 'TRACED ')
    .replaceAll(/\s+/gu, ' ')
    .trim();
}

/** `# exits 1` in the command; a call that waits for a debugger is ended with Ctrl-C. */
function expectedExit(command: string): number {
  if (command.includes('# waits')) return 130;
  return Number(/# exits (\d+)/u.exec(command)?.[1] ?? 0);
}

async function run(command: string, cwd: string): Promise<{ exitCode: number | undefined; output: string }> {
  const child = execa('bash', ['-c', command.includes('# waits') ? `exec ${command}` : command], {
    cwd,
    env: { PATH: `${path.join(folder, 'bin')}:${process.env['PATH'] ?? ''}`, NO_COLOR: '1' },
    stdin: 'ignore',
    all: true,
    reject: false,
  });
  if (command.includes('# waits')) {
    for await (const line of child.iterable({ from: 'all' })) if (line === 'Ctrl-C ends the call') child.kill('SIGINT');
  }
  const { exitCode, all } = await child;
  return { exitCode, output: all };
}

/** What the shell is not asked here: installing is done, this suite is `npm test`, and an environment comes from the network. */
function withoutInstalling(command: string): string {
  return command.replace(/^npm ci && /u, '').replace(/^(?:npm test|plugin-host python install)\b.*$/u, 'true');
}

async function runGuide(guide: string): Promise<void> {
  const home = path.join(folder, path.basename(guide, '.md'));
  cpSync(path.join(checkout, 'sample-plugins'), path.join(home, 'sample-plugins'), {
    recursive: true,
    filter: (file) => !file.includes('.plugin-host'),
  });
  const blocks = readBlocks(readFileSync(path.join(checkout, guide), 'utf8'));
  expect(blocks).not.toEqual([]);

  let cwd = home;
  for (const block of blocks) {
    // The README is read from anywhere, a guide from its beginning.
    if (guide === 'README.md') cwd = home;
    for (const { text, lines } of block) {
      const folderChange = /^cd (\S+)/u.exec(text);
      if (folderChange !== null) cwd = path.join(cwd, folderChange[1] ?? '');
      const { exitCode, output } = await run(folderChange === null ? withoutInstalling(text) : 'true', cwd);
      expect(exitCode, `${text}\n${output}`).toBe(expectedExit(text));
      const printed = output.split('\n').map(mask);
      const missing = lines.filter((line) => !printed.includes(mask(line)));
      expect(missing, `${text} prints\n${output}`).toEqual([]);
    }
  }
}

test('README.md shows what its commands print', () => runGuide('README.md'));

test.each(guides)('%s shows what its commands print', { tags: ['thorough'] }, runGuide);
