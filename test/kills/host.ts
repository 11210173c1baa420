/** A library host under fire: calls at once until standard input ends, then a line that tells what became of them. */
import path from 'node:path';
import type * as library from '../../src/index.ts';

const built = path.resolve(import.meta.dirname, '../../dist/index.js');
const { openPlugin } = (await import(built)) as typeof library;

const [language = 'python', processes = 'warm', python = 'python3'] = process.argv.slice(2);
const atOnce = 5;

const folder = path.resolve(import.meta.dirname, language === 'python' ? 'plugin' : 'plugin-ts');
const plugin = await openPlugin(folder, { processes: processes as 'warm' | 'cold', python, proxyTimeoutMs: 20_000 });
process.stderr.write('ready\n');
const tally = { started: 0, settled: 0, outcomes: {} as Record<string, number> };
const state = { isOver: false };

async function callOnAndOn(): Promise<void> {
  while (!state.isOver) {
    tally.started += 1;
    const outcome = await plugin.call('get_password_list').then(
      (record) => record.outcome.kind,
      (error: unknown) => (error as { code?: string }).code ?? String(error),
    );
    tally.settled += 1;
    tally.outcomes[outcome] = (tally.outcomes[outcome] ?? 0) + 1;
  }
}

process.stdin.on('end', () => (state.isOver = true)).resume();
await Promise.all(Array.from({ length: atOnce }, callOnAndOn));
await plugin.close();
process.stdout.write(JSON.stringify(tally));
