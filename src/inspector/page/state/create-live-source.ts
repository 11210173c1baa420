import { type Listener, mostBytes, Refusal, type Source } from './source.ts';
import type { Call, Element, ElementList, Info, Input, Replayed, Step, Summary } from './step.ts';

const againMs = 1000;
const sessionsAtOnce = 500;

/** The server that gave the page. */
export function createLiveSource(): Source {
  const path = (name: string, rest = ''): string => `/v1/sessions/${encodeURIComponent(name)}${rest}`;
  return {
    isFile: false,
    info: () => get<Info>('/v1/info'),
    sessions: (q, offset) =>
      get<ElementList>(
        `/v1/sessions?${new URLSearchParams({ q, offset: String(offset), limit: String(sessionsAtOnce) })}`,
      ),
    element: async (name) => {
      const { sessions } = await get<ElementList>(`/v1/sessions?${new URLSearchParams({ q: `session:"${name}"` })}`);
      const found = sessions.find((each) => each.name === name);
      if (found === undefined) throw new Refusal('SESSION_NOT_FOUND', 'No such session');
      return found;
    },
    steps: (name, from, limit) =>
      get<{ total: number; steps: Summary[] }>(path(name, `/steps?fields=summary&from=${from}&limit=${limit}`)),
    step: async (name, n) => {
      const text = await getText(path(name, `/steps/${n}?most=${mostBytes}`));
      return { step: JSON.parse(text) as Step, text };
    },
    addressOfStep: (name, n) => path(name, `/steps/${n}`),
    input: (name, n) => get<Input>(path(name, `/steps/${n}/input`)),
    replay: (name, n, edits) =>
      send<Replayed>('POST', path(name, `${n === undefined ? '' : `/steps/${n}`}/replay`), edits),
    end: async (name) => {
      await send('POST', path(name, '/end'), {});
    },
    remove: async (name) => {
      await send('DELETE', path(name));
    },
    listen,
  };
}

async function get<T>(address: string): Promise<T> {
  return JSON.parse(await getText(address)) as T;
}

async function getText(address: string): Promise<string> {
  return answerOf(await fetch(address));
}

async function send<T>(method: string, address: string, body?: object): Promise<T> {
  const headers = { 'content-type': 'application/json' };
  const given = body === undefined ? {} : { headers, body: JSON.stringify(body) };
  return JSON.parse(await answerOf(await fetch(address, { method, ...given }))) as T;
}

async function answerOf(response: Response): Promise<string> {
  const text = await response.text();
  if (response.ok) return text;
  const { error } = JSON.parse(text) as { error: { code: string; message: string } };
  throw new Refusal(error.code, error.message);
}

function listen(listener: Listener): () => void {
  const controller = new AbortController();
  const { signal } = controller;
  let lastId: string | undefined;
  const take = (block: string): void => {
    const field = (name: string): string | undefined =>
      block
        .split('\n')
        .find((line) => line.startsWith(`${name}: `))
        ?.slice(name.length + 2);
    lastId = field('id') ?? lastId;
    const type = field('event');
    if (type !== undefined) tell(listener, type, JSON.parse(field('data') ?? '{}') as never);
  };
  /** False: there is no use in trying again. */
  const follow = async (isFirst: boolean): Promise<boolean> => {
    const response = await fetch('/v1/events', { signal, ...(lastId && { headers: { 'last-event-id': lastId } }) });
    if (response.status === 401) return false;
    if (!response.ok || response.body === null) return true;
    listener.connection('live');
    if (!isFirst && lastId === undefined) listener.reset();
    let rest = '';
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      const blocks = (rest + chunk).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) take(block);
    }
    return true;
  };
  const run = async (): Promise<void> => {
    for (let isFirst = true; !signal.aborted; isFirst = false) {
      const isWorthwhile = await follow(isFirst).catch(() => true);
      listener.connection(isWorthwhile ? 'reconnecting' : 'ended');
      if (!isWorthwhile) return;
      await new Promise((resolve) => setTimeout(resolve, againMs));
    }
  };
  void run();
  return () => {
    controller.abort();
  };
}

function tell(listener: Listener, type: string, data: Element & Call & { session: string; step: Summary }): void {
  if (type === 'session') listener.session(data);
  else if (type === 'step') listener.step(data.session, data.step);
  else if (type === 'removed') listener.removed(data.session);
  else if (type === 'started') listener.started(data.session, data);
  else listener.reset();
}
