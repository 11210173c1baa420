import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { durationMs } from '../description/duration-ms.ts';
import type { TargetRecords } from '../matching/target-records.ts';
import { pause } from '../serving/pause.ts';
import type { Service } from '../serving/serve.ts';
import type { RadiusDescription } from './radius-description.ts';
import { RadiusTarget } from './radius-target.ts';

/** Datagrams that have come are taken in a few turns later. */
const turnsAfterwards = 3;

/** Serves what a description says, on a free port of loopback. A request that comes again gets the same answer again. */
export async function startRadiusServer(description: RadiusDescription, records: TargetRecords): Promise<Service> {
  const target = new RadiusTarget(description, records);
  const delayMs = durationMs(description.delay) ?? 0;
  const closing = new AbortController();
  /** By who asked and what. */
  const answers = new Map<string, Buffer>();
  const socket = createSocket('udp4');
  socket.on('error', () => undefined); // a client may go as it likes
  socket.on('message', (data, { address, port }) => {
    const key = `${port} ${data.toString('base64')}`;
    const answer = answers.get(key) ?? target.answer(data);
    if (answer === undefined) return;
    answers.set(key, answer);
    void pause(delayMs, closing.signal).then(() => {
      if (!closing.signal.aborted) socket.send(answer, port, address);
    });
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    port: socket.address().port,
    settled: async () => {
      for (let turn = 0; turn < turnsAfterwards; turn++) await new Promise((done) => setImmediate(done));
    },
    close: async () => {
      if (closing.signal.aborted) return;
      closing.abort();
      const closed = once(socket, 'close');
      socket.close();
      await closed;
    },
  };
}
