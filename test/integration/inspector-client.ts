import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type DebugClient, Inbox, type Launch } from './debug-client.ts';

interface Message {
  id?: number;
  method?: string;
  params?: Record<string, unknown>;
  result?: Record<string, unknown>;
  error?: { message: string };
}

interface Frame {
  callFrameId: string;
  location: { scriptId: string; lineNumber: number };
}

/** Speaks the Chrome DevTools Protocol as an editor does that attaches. */
export async function connectInspector({ address, port, skipFiles = [] }: Launch): Promise<DebugClient> {
  const targets = (await (await fetch(`http://${address ?? ''}:${port ?? 0}/json/list`)).json()) as {
    webSocketDebuggerUrl: string;
  }[];
  const socket = new WebSocket(targets[0]?.webSocketDebuggerUrl ?? '');
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', reject);
  });
  const inbox = new Inbox<Message>();
  const scripts = new Map<string, string>();
  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(data as string) as Message;
    if (message.method === 'Debugger.scriptParsed') {
      const { scriptId, url } = message.params as { scriptId: string; url: string };
      scripts.set(scriptId, url);
    } else inbox.add(message);
  });
  let last = 0;
  const ask = async (method: string, params: Record<string, unknown> = {}): Promise<Record<string, unknown>> => {
    last += 1;
    const id = last;
    socket.send(JSON.stringify({ id, method, params }));
    const { error, result } = await inbox.take((message) => message.id === id);
    if (error !== undefined) throw new Error(`${method}: ${error.message}`);
    return result ?? {};
  };
  await ask('Runtime.enable');
  await ask('Debugger.enable');
  let top: Frame | undefined;
  return {
    async breakAt(file, line) {
      await ask('Debugger.setBreakpointByUrl', { url: pathToFileURL(file).href, lineNumber: line - 1 });
    },
    async run() {
      await ask('Runtime.runIfWaitingForDebugger');
    },
    async stopped() {
      const { params } = await inbox.take(({ method }) => method === 'Debugger.paused');
      const frames = params?.['callFrames'] as Frame[];
      [top] = frames;
      return frames
        .map(({ location }) => ({
          file: toPath(scripts.get(location.scriptId) ?? ''),
          line: location.lineNumber + 1,
        }))
        .filter(({ file }) => !skipFiles.some((pattern) => path.matchesGlob(file, pattern)));
    },
    async evaluate(expression) {
      const { result } = await ask('Debugger.evaluateOnCallFrame', { callFrameId: top?.callFrameId, expression });
      return JSON.stringify((result as { value: unknown }).value);
    },
    async resume() {
      await ask('Debugger.resume');
    },
    leave() {
      socket.close();
      return Promise.resolve();
    },
    drop() {
      socket.close();
    },
  };
}

/** What is built into Node has no path. */
function toPath(url: string): string {
  return url.startsWith('file:') ? fileURLToPath(url) : url;
}
