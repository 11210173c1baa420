import { parseModuleStack } from './parse-module-stack.ts';
import type { RawFrame, Told } from './stack-frame.ts';

/**
 * Evaluated in the middle of the program, so that its calls are on the stack. Not with a pause of the debugger: a pause that coincides
 * with a message sometimes never ends. Lines that are counted (NODE_V8_COVERAGE) are kept now: the process is not going to end by itself.
 */
const expression = `(() => {
  const { stackTraceLimit, prepareStackTrace } = Error;
  try {
    Error.stackTraceLimit = 100;
    Error.prepareStackTrace = undefined;
    return { stack: new Error().stack, resources: process.getActiveResourcesInfo() };
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    Error.prepareStackTrace = prepareStackTrace;
    process.getBuiltinModule('node:v8').takeCoverage();
  }
})()`;

/** The standard streams among what a Node process has open. */
const ownResources = ['PipeWrap', 'TTYWrap'];

/** Asks Node's inspector where its program is; undefined when it does not answer. */
export function askInspector(url: string, patienceMs: number): Promise<Told | undefined> {
  const { promise, resolve } = Promise.withResolvers<Told | undefined>();
  const socket = new WebSocket(url);
  const end = (told?: Told): void => {
    clearTimeout(impatience);
    resolve(told);
    socket.close();
  };
  const impatience = setTimeout(() => {
    end();
  }, patienceMs);
  socket.addEventListener('open', () => {
    const params = { expression, returnByValue: true };
    socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params }));
  });
  socket.addEventListener('message', ({ data }) => {
    end(readAnswer(data));
  });
  socket.addEventListener('error', () => {
    end();
  });
  socket.addEventListener('close', () => {
    end();
  });
  return promise;
}

/** A plugin may have written something else in the inspector's place. */
function readAnswer(data: unknown): Told | undefined {
  try {
    const { result } = JSON.parse(String(data)) as { result: { result: { value: Record<string, unknown> } } };
    const { stack, resources } = result.result.value;
    const current = readStack(stack);
    return { current, others: [], ...(current.length === 0 ? { waitsFor: readResources(resources) } : {}) };
  } catch {
    return undefined;
  }
}

/** Only frames of code that has a file. */
function readStack(stack: unknown): RawFrame[] {
  return parseModuleStack(typeof stack === 'string' ? stack : '').filter(([file]) => !file.startsWith('<anonymous>'));
}

function readResources(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  const names = value.filter((each): each is string => typeof each === 'string' && !ownResources.includes(each));
  return [...new Set(names)].slice(0, 20);
}
