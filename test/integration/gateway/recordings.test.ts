import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeFolder } from '../fixture.ts';
import { noRealSshd, withRealSshd } from '../platform/real-sshd.ts';
import { type GatewayOn, startGatewayOn } from './gateway-on.ts';
import { runProgram, startTargetServer, type TargetServer } from './open-ssh.ts';

const writer = path.join(import.meta.dirname, 'cast-writer.ts');

type Line = [atSeconds: number, kind: string, data: string];

function readCast(file: string): { header: unknown; lines: Line[]; text: string } {
  const [header, ...lines] = readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
  const parsed = lines as Line[];
  const output = parsed.filter(([, kind]) => kind === 'o').map(([, , data]) => data);
  return { header, lines: parsed, text: output.join('') };
}

test('a recording has whole lines when its process is killed at any time', async () => {
  for (const run of [1, 2, 3]) {
    const file = path.join(makeFolder(), 'a.cast');
    const child = spawn(process.execPath, [writer, file], { stdio: 'ignore' });
    await expect.poll(() => existsSync(file) && statSync(file).size).toBeGreaterThan(run * 200_000);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(readFileSync(file, 'utf8').endsWith('\n')).toBe(true);
    expect(readCast(file).lines.length).toBeGreaterThan(run);
  }
});

describe.skipIf(noRealSshd !== undefined)(withRealSshd('a recording'), () => {
  test('ends with a warning and a whole line when the disk is full, and nothing else does', async () => {
    const folder = makeFolder();
    const program = 'mount -t tmpfs -o size=64k none "$1" && exec "$2" "$3" "$1/a.cast"';
    const args = ['--mount', 'bash', '-c', program, 'bash', folder, process.execPath, writer];
    const child = spawn('unshare', args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const [warning] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    expect(warning).toMatch(/a\.cast: no space left on device; this recording ends here$/);
    const { lines } = readCast(`/proc/${child.pid ?? 0}/root${folder}/a.cast`);
    expect(lines.length).toBeGreaterThan(0);
    expect(child.exitCode).toBe(null);
    child.kill('SIGKILL');
    await once(child, 'close');
  });

  describe('of a terminal on a real server', () => {
    let target: TargetServer;
    let through: GatewayOn;
    let folder: string;
    beforeEach(async () => {
      target = await startTargetServer();
      folder = path.join(makeFolder(), 'made/by/it');
      through = await startGatewayOn(target, { record: folder });
    });
    afterEach(async () => {
      await through.gateway.close();
      await target.stop();
    });

    test('has its output without secrets, not its input, and is named in the facts', async () => {
      const command =
        'stty -echo; printf "grün hunt"; sleep 0.3; printf "er22\\342\\202"; sleep 0.3; printf "\\254\\n"';
      const login = `token=hunter22@svc@127.0.0.1:${target.port}`;
      const args = ['-l', login, ...through.options, '127.0.0.1'];
      const typed = { input: 'what is typed\n', env: { TERM: 'vt220' } };
      expect((await runProgram('ssh', ['-tt', ...args, command], typed)).status).toBe(0);
      expect((await runProgram('ssh', [...args, 'echo not recorded'])).status).toBe(0);
      await expect.poll(() => through.happened('channel').length).toBe(2);
      const [first] = through.happened('ended');
      const file = path.join(folder, `${first?.session ?? ''}-1.cast`);
      expect(through.happened('channel').map(({ recording }) => recording)).toEqual([file, null]);
      expect(readdirSync(folder)).toEqual([path.basename(file)]);
      expect(statSync(folder).mode & 0o777).toBe(0o700);
      expect(statSync(file).mode & 0o777).toBe(0o600);
      const { header, lines, text } = readCast(file);
      expect(header).toMatchObject({ version: 2, width: 80, height: 24, env: { TERM: 'vt220' } });
      expect(text).toContain('grün ***€');
      expect(readFileSync(file, 'utf8')).not.toContain('hunt');
      expect(new Set(lines.map(([, kind]) => kind))).toEqual(new Set(['o']));
      expect(lines.map(([at]) => at)).toEqual(lines.map(([at]) => at).toSorted((one, other) => one - other));
    });
  });
});
