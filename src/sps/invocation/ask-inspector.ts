import { toFile } from './module-stack.ts';
import type { RawFrame, Told } from './stack-frame.ts';

interface Message {
  id?: number;
  method?: string;
  params?: { scriptId?: unknown; url?: unknown; callFrames?: unknown };
  result?: { result?: { value?: unknown } };
}

interface CallFrame {
  functionName: string;
  location: { scriptId: string; lineNumber: number };
}

/** What is asked of a process that may be busy: to stop at its next step, which in an idle one is that of the expression. */
const questions = [
  { method: 'Debugger.enable' },
  { method: 'Debugger.pause' },
  { method: 'Runtime.evaluate', params: { expression: 'process.getActiveResourcesInfo()', returnByValue: true } },
];
const evaluation = questions.length;

/** Of what a Node process has open, its own standard streams. */
const ownResources = ['PipeWrap', 'TTYWrap'];

/** Asks Node's inspector where its program is; undefined when it does not say. */
export function askInspector(url: string, patienceMs: number): Promise<Told | undefined> {
  const { promise, resolve } = Promise.withResolvers<Told | undefined>();
  const socket = new WebSocket(url);
  const scripts = new Map<string, string>();
  const told: Told = { current: [], others: [] };
  let hasPaused = false;
  const send = (id: number, question: object): void => {
    socket.send(JSON.stringify({ id, ...question }));
  };
  const end = (): void => {
    clearTimeout(impatience);
    resolve(hasPaused ? told : undefined);
    socket.close();
  };
  const impatience = setTimeout(end, patienceMs);
  socket.addEventListener('open', () => {
    questions.forEach((question, index) => {
      send(index + 1, question);
    });
  });
  socket.addEventListener('message', ({ data }) => {
    const { id, method, params, result } = parseMessage(data);
    if (method === 'Debugger.scriptParsed') scripts.set(String(params?.scriptId), String(params?.url));
    else if (method === 'Debugger.paused') {
      hasPaused = true;
      told.current = readFrames(params?.callFrames, scripts);
      send(evaluation + 1, { method: 'Debugger.resume' });
      if (told.current.length > 0) end();
    } else if (id === evaluation) {
      told.waitsFor = readResources(result?.result?.value);
      end();
    }
  });
  socket.addEventListener('error', end);
  socket.addEventListener('close', end);
  return promise;
}

/** A plugin may have written something else in the inspector's place. */
function parseMessage(data: unknown): Message {
  try {
    const message = JSON.parse(String(data)) as unknown;
    return typeof message === 'object' && message !== null ? message : {};
  } catch {
    return {};
  }
}

/** Of code that has a file, the innermost last. */
function readFrames(frames: unknown, scripts: ReadonlyMap<string, string>): RawFrame[] {
  if (!Array.isArray(frames)) return [];
  return frames
    .filter(isFrame)
    .map(({ functionName, location }): RawFrame => {
      const file = toFile(scripts.get(location.scriptId) ?? '');
      return [file, location.lineNumber + 1, functionName === '' ? '<anonymous>' : functionName];
    })
    .filter(([file]) => file !== '')
    .reverse();
}

function isFrame(value: unknown): value is CallFrame {
  const { functionName, location } = (value ?? {}) as Partial<CallFrame>;
  return (
    typeof functionName === 'string' && typeof location?.scriptId === 'string' && Number.isInteger(location.lineNumber)
  );
}

function readResources(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  const names = value.filter((each): each is string => typeof each === 'string' && !ownResources.includes(each));
  return [...new Set(names)].slice(0, 20);
}
