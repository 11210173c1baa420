import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Inspector, startInspector } from '../../../src/index.ts';
import { SessionStore } from '../../../src/sps/store/session-store.ts';
import { takeOwnerLock } from '../../../src/state/owner-lock.ts';
import { changeOf } from '../../unit/sps/session/call-record.ts';
import { makeFolder } from '../fixture.ts';

const stateDir = path.join(makeFolder(), 'state');
const store = new SessionStore(stateDir);
let inspector: Inspector;

beforeAll(async () => {
  inspector = await startInspector({ stateDir });
});

afterAll(async () => {
  await inspector.close();
});

async function ask(target: string, init: RequestInit = {}): Promise<Response> {
  const headers = { authorization: `Bearer ${inspector.token}` };
  return fetch(`http://127.0.0.1:${inspector.port}${target}`, { ...init, headers });
}

async function refusal(answer: Response): Promise<[number, string]> {
  const { error } = (await answer.json()) as { error: { code: string } };
  return [answer.status, error.code];
}

test('there are 64 event streams at most; one that ends makes room', async () => {
  const streams = Array.from({ length: 64 }, () => new AbortController());
  const opened = await Promise.all(streams.map(({ signal }) => ask('/v1/events', { signal })));
  expect(new Set(opened.map(({ status }) => status))).toEqual(new Set([200]));
  expect(await refusal(await ask('/v1/events'))).toEqual([503, 'TOO_MANY_STREAMS']);
  streams[0]?.abort();
  const next = new AbortController();
  await expect
    .poll(async () => {
      const answer = await ask('/v1/events', { signal: next.signal });
      if (answer.status !== 200) await answer.body?.cancel();
      return answer.status;
    })
    .toBe(200);
  for (const each of [...streams, next]) each.abort();
});

test('what a living gateway has is neither ended nor removed', async () => {
  const session = await store.open('ssh-1');
  using owner = takeOwnerLock(stateDir);
  session.commit({ ...changeOf(), facts: { origin: 'gateway', owner: owner.id } });
  expect(await refusal(await ask('/v1/sessions/ssh-1/end', { method: 'POST' }))).toEqual([409, 'SESSION_BUSY']);
  expect(await refusal(await ask('/v1/sessions/ssh-1', { method: 'DELETE' }))).toEqual([409, 'SESSION_BUSY']);
  expect(store.has('ssh-1')).toBe(true);
  owner[Symbol.dispose]();
  expect((await ask('/v1/sessions/ssh-1', { method: 'DELETE' })).status).toBe(200);
});

test('a session with a call under way is not removed', async () => {
  (await store.open('busy')).commit(changeOf());
  const held = await store.open('busy');
  try {
    expect(await refusal(await ask('/v1/sessions/busy', { method: 'DELETE' }))).toEqual([409, 'SESSION_BUSY']);
  } finally {
    held.close();
  }
  expect((await ask('/v1/sessions/busy', { method: 'DELETE' })).status).toBe(200);
});
