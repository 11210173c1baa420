import { PassThrough } from 'node:stream';
import { expect, test, vi } from 'vitest';
import { ChildProcess } from '../../../src/process/child-process.ts';
import { superviseOver } from '../../../src/process/supervision.ts';

const request = { input: '{}', allowedMs: 60_000, isLast: (line: string) => line === 'reply' };

function forkedChild() {
  const [control, log, input, reply] = [new PassThrough(), new PassThrough(), new PassThrough(), new PassThrough()];
  const kill = vi.fn();
  const supervisor = { temporary: '', name: 'python', bootedAt: 0, hold: () => undefined, kill };
  const child = new ChildProcess(
    (events) =>
      superviseOver(
        { control, log, input, reply },
        { ...supervisor, ended: Promise.resolve({}), isForked: true },
        events,
      ),
    { replyLimitBytes: 1000, logLimitBytes: 1000 },
  );
  return { child, control, log, reply };
}

test('what a forked child says at its end may be here before the first word of its supervisor', async () => {
  const { child, control, reply } = forkedChild();
  reply.write('ready\n');
  await new Promise(setImmediate);
  const running = child.run(request);
  reply.write('reply\ngone 0\n');
  const report = await running;
  expect(report).toMatchObject({ isReplied: true, exitCode: 0, stopped: undefined });
  expect(report.durationMs).toBeGreaterThanOrEqual(0);
  control.end(`started ${Number(process.hrtime.bigint()) / 1e9}\nexited 0\ngone 0\n`);
});

test('a forked child that has ended has its log still to come', async () => {
  const { child, log, reply } = forkedChild();
  const settled = vi.fn();
  const running = child.run(request).then(settled);
  reply.write('reply\ngone 5\n');
  for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
  expect(settled).not.toHaveBeenCalled();
  log.write('late\n');
  await running;
  expect(child.log.collect((text) => text).lines).toMatchObject([{ text: 'late' }]);
});

test('before its reply it says no such thing', async () => {
  const { child, control, log, reply } = forkedChild();
  const running = child.run(request);
  reply.end('gone 0\n');
  await new Promise(setImmediate);
  log.end();
  control.end('started 0\nexited 1\n');
  expect(await running).toMatchObject({ isReplied: false, exitCode: 1, reply: ['gone 0'] });
});
