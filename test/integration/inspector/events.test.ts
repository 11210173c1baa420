import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Inspector, openPlugin, startInspector } from '../../../src/index.ts';
import { SessionStore } from '../../../src/sps/store/session-store.ts';
import { changeOf } from '../../unit/sps/session/call-record.ts';
import { makeFolder } from '../fixture.ts';

const folder = makeFolder();
const stateDir = path.join(folder, 'state');
const otp = path.resolve(import.meta.dirname, '../../../sample-plugins/otp-ts');
let inspector: Inspector;

beforeAll(async () => {
  inspector = await startInspector({ stateDir });
});

afterAll(async () => {
  await inspector.close();
});

interface Event {
  id: string;
  type: string;
  data: Record<string, unknown>;
}

interface Events extends AsyncDisposable {
  all: Event[];
  next: (type: string) => Promise<Event>;
}

async function listen(lastId?: string): Promise<Events> {
  const controller = new AbortController();
  const headers = { authorization: `Bearer ${inspector.token}`, ...(lastId && { 'last-event-id': lastId }) };
  const response = await fetch(`http://127.0.0.1:${inspector.port}/v1/events`, { headers, signal: controller.signal });
  expect(response.status).toBe(200);
  const all: Event[] = [];
  const read = async (): Promise<void> => {
    let text = '';
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk;
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const field = (name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? '';
        if (field('id') === '') continue;
        const data = JSON.parse(field('data')) as Event['data'];
        all.push({ id: field('id'), type: field('event'), data });
      }
    }
  };
  const reading = read().catch(() => undefined);
  return {
    all,
    next: async (type) => {
      await expect.poll(() => all.some((each) => each.type === type), { interval: 5, timeout: 20_000 }).toBe(true);
      return all.find((each) => each.type === type) as Event;
    },
    async [Symbol.asyncDispose]() {
      controller.abort();
      await reading;
    },
  };
}

async function addStep(name: string): Promise<void> {
  const session = await new SessionStore(stateDir).open(name);
  session.begin({ hook: 'authenticate', plugin: 'Test', startedAt: new Date().toISOString() });
  session.commit(changeOf());
}

describe('events', () => {
  test('tell a call that begins, its step and the session; of a call that would leave nothing too', async () => {
    await using events = await listen();
    await using plugin = await openPlugin(otp, { stateDir });
    await plugin.call('authenticate');
    const started = await events.next('started');
    expect(started.data).toMatchObject({ n: 1, hook: 'authenticate', plugin: 'Sample_Otp_TypeScript' });
    const { data } = await events.next('step');
    expect(data).toMatchObject({
      session: started.data['session'],
      step: { n: 1, hook: 'authenticate', outcome: { kind: 'returned' } },
    });
    expect(JSON.stringify(data)).not.toContain('"kwargs"');
    await expect
      .poll(() => events.all.filter(({ type }) => type === 'session').at(-1)?.data)
      .toMatchObject({ steps: 1 });
  });

  test('that were missed come after the last one that was seen, and a session that is removed is told', async () => {
    const first = await listen();
    await addStep('missed');
    const seen = await first.next('step');
    await first[Symbol.asyncDispose]();
    await addStep('missed');
    await new SessionStore(stateDir).remove('missed');
    await using events = await listen(seen.id);
    expect((await events.next('removed')).data).toEqual({ session: 'missed' });
    expect(events.all.every(({ id }) => id !== seen.id)).toBe(true);
  });

  test.each(['nonsense', '000000000000-1'])(
    'after an id that is not known (%s), everything is to be read again',
    async (id) => {
      await using events = await listen(id);
      expect((await events.next('reset')).data).toEqual({});
    },
  );

  test('reach a reader although others never read', async () => {
    const controller = new AbortController();
    const headers = { authorization: `Bearer ${inspector.token}` };
    const url = `http://127.0.0.1:${inspector.port}/v1/events`;
    const lazy = await Promise.all(
      Array.from({ length: 10 }, () => fetch(url, { headers, signal: controller.signal })),
    );
    await using events = await listen();
    await addStep('fast');
    expect((await events.next('step')).data).toMatchObject({ session: 'fast' });
    controller.abort();
    expect(lazy.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
  });
});
