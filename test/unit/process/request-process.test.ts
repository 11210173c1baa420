import { duplexPair, PassThrough } from 'node:stream';
import { describe, expect, test, vi } from 'vitest';
import {
  type SupervisorEnd,
  type SupervisorFacts,
  connectSupervisor,
} from '../../../src/process/connect-supervisor.ts';
import { ControlChannel } from '../../../src/process/control-channel.ts';
import { RequestProcess } from '../../../src/process/request-process.ts';

const request = { input: '{}', allowedMs: 60_000, isLast: (line: string) => line === 'reply' };

function forkedChild() {
  const [log, input, reply] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const [hostSide, control] = duplexPair();
  const kill = vi.fn();
  const ended = Promise.withResolvers<SupervisorEnd>();
  const sweep = vi.fn<SupervisorFacts['sweep']>(() => []);
  const supervisor = {
    name: 'python',
    bootedAt: 0,
    hold: () => undefined,
    wake: () => undefined,
    pin: () => undefined,
    kill,
    sweep,
  };
  const child = new RequestProcess(
    (events) =>
      connectSupervisor(
        { control: new ControlChannel(hostSide), log, input, reply },
        { ...supervisor, ended: ended.promise },
        events,
      ),
    { replyLimitBytes: 1000, replyTotal: 2000, logLimitBytes: 1000 },
  );
  return { child, control, log, reply, ended: ended.resolve, sweep };
}

test('the reply of a child may be here before the first word of its supervisor', async () => {
  const { child, control, reply } = forkedChild();
  const startedAt = Number(process.hrtime.bigint()) / 1e9;
  reply.write('ready\n');
  await new Promise(setImmediate);
  const running = child.run(request);
  reply.write('reply\n');
  await new Promise(setImmediate);
  control.write(`started ${startedAt}\nexited 0\ngone 0\n`);
  const report = await running;
  expect(report).toMatchObject({ isReplied: true, exitCode: 0, stopped: undefined });
  expect(report.durationMs).toBeGreaterThanOrEqual(0);
});

test('of a child that is gone the log is still to come', async () => {
  const { child, control, log, reply } = forkedChild();
  const settled = vi.fn();
  const running = child.run(request).then(settled);
  reply.write('reply\n');
  control.write('started 0\nexited 0\ngone 5\n');
  for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
  expect(settled).not.toHaveBeenCalled();
  log.write('late\n');
  await running;
  expect(child.log.collect((text) => text).lines).toMatchObject([{ text: 'late' }]);
});

test('what its lines have together is bounded, whatever it writes', async () => {
  const { child, control, reply } = forkedChild();
  const running = child.run(request);
  for (let count = 0; count < 5; count += 1) reply.write(`${'x'.repeat(900)}\n`);
  await new Promise(setImmediate);
  control.write('started 0\nkilled 15\ngone 0\n');
  reply.end();
  const report = await running;
  expect(report.stopped).toBe('reply-too-large');
  expect(report.reply.join('').length).toBeLessThan(3000);
});

describe('a child whose supervisor was killed', () => {
  test('has crashed, though another process still holds its channels', async () => {
    const { child, control, reply, ended, sweep } = forkedChild();
    sweep.mockReturnValue(['left-one']);
    const running = child.run(request);
    reply.write('begun\n');
    control.end('started 0\n');
    ended({ killedBy: 'SIGKILL' });
    expect(await running).toMatchObject({ reply: ['begun'], signal: 'SIGKILL', left: ['left-one'], isReplied: false });
    expect(sweep).toHaveBeenCalledOnce();
  });

  test('has crashed, though the supervisor did not yet say that it had started it', async () => {
    const { child, control, log, reply, ended } = forkedChild();
    const running = child.run(request);
    for (const each of [log, reply, control]) each.end();
    ended({ killedBy: 'SIGKILL' });
    expect(await running).toMatchObject({ signal: 'SIGKILL', isReplied: false });
  });

  test('is told of when the supervisor failed by itself', async () => {
    const { child, control, log, reply, ended } = forkedChild();
    const running = child.run(request);
    for (const each of [log, reply]) each.end();
    control.end('failed /folder: No space left on device\n');
    ended({});
    await expect(running).rejects.toThrow('python could not be run: /folder: No space left on device');
  });
});

test('what its supervisor said before its channel was there is heard', async () => {
  const [log, input, reply] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const [hostSide, control] = duplexPair();
  const channel = new ControlChannel(hostSide);
  control.write('started 0\nkilled 9\ngone 0\n');
  await new Promise(setImmediate);
  const supervisor = {
    ended: new Promise<SupervisorEnd>(() => undefined),
    sweep: () => [],
    wake: () => undefined,
    pin: () => undefined,
  };
  const child = new RequestProcess(
    (events) =>
      connectSupervisor(
        { control: channel, log, input, reply },
        { ...supervisor, kill: () => undefined, name: 'python', bootedAt: 0, hold: () => undefined },
        events,
      ),
    { replyLimitBytes: 1000, replyTotal: 2000, logLimitBytes: 1000 },
  );
  reply.end();
  expect(await child.run(request)).toMatchObject({ signal: 'SIGKILL', isReplied: false });
});
