import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type CodeAction,
  type CompletionItem,
  createMessageConnection,
  type Diagnostic,
  type Hover,
  type MessageConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';

const checkout = path.resolve(import.meta.dirname, '../../..');

/** Starts the server as editors do. Whoever starts it ends it. */
export function startServer(cwd: string, ...options: string[]): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, [path.join(checkout, 'bin/plugin-host.js'), 'lsp', ...options], { cwd });
}

/** An editor with its server, as much of one as a test needs. */
export class Editor {
  readonly server: ChildProcessWithoutNullStreams;
  readonly connection: MessageConnection;
  readonly published: PublishDiagnosticsParams[] = [];
  readonly #folder: string;
  readonly #versions = new Map<string, number>();
  #onPublished = (): void => undefined;

  constructor(folder: string) {
    this.#folder = folder;
    this.server = startServer(folder, '--stdio');
    this.connection = createMessageConnection(
      new StreamMessageReader(this.server.stdout),
      new StreamMessageWriter(this.server.stdin),
    );
    this.connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      this.published.push(params);
      this.#onPublished();
    });
    this.connection.listen();
  }

  async initialize(processId: number | null = process.pid): Promise<{ capabilities: Record<string, unknown> }> {
    const answer = await this.connection.sendRequest<{ capabilities: Record<string, unknown> }>('initialize', {
      processId,
      rootUri: pathToFileURL(this.#folder).href,
      capabilities: {},
    });
    await this.connection.sendNotification('initialized', {});
    return answer;
  }

  uriOf(name: string): string {
    return pathToFileURL(path.join(this.#folder, name)).href;
  }

  async open(name: string, text: string): Promise<void> {
    this.#versions.set(name, 1);
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri: this.uriOf(name), languageId: 'yaml', version: 1, text },
    });
  }

  /** The whole text, or parts of it. */
  async change(name: string, ...contentChanges: object[]): Promise<void> {
    const version = (this.#versions.get(name) ?? 0) + 1;
    this.#versions.set(name, version);
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: this.uriOf(name), version },
      contentChanges,
    });
  }

  async close(name: string): Promise<void> {
    await this.connection.sendNotification('textDocument/didClose', { textDocument: { uri: this.uriOf(name) } });
  }

  /** What the server says of the text as it is now, once it does. */
  async diagnostics(name: string): Promise<Diagnostic[]> {
    const uri = this.uriOf(name);
    const find = (): PublishDiagnosticsParams | undefined =>
      this.published.findLast((each) => each.uri === uri && each.version === this.#versions.get(name));
    for (let found = find(); ; found = find()) {
      if (found !== undefined) return found.diagnostics;
      await new Promise<void>((resolve) => {
        this.#onPublished = resolve;
      });
    }
  }

  /** Opens a document, and tells what is wrong with it: `line:from-to code severity`, from 0. */
  async problems(name: string, text: string): Promise<string[]> {
    await this.open(name, text);
    return (await this.diagnostics(name)).map(renderDiagnostic);
  }

  /** @param text With `|` where the cursor is. */
  async complete(name: string, text: string): Promise<CompletionItem[]> {
    return (await this.#ask('textDocument/completion', name, text)) as CompletionItem[];
  }

  async hover(name: string, text: string): Promise<string | undefined> {
    const hover = (await this.#ask('textDocument/hover', name, text)) as Hover | null;
    return (hover?.contents as { value: string } | undefined)?.value;
  }

  async #ask(method: string, name: string, text: string): Promise<unknown> {
    const before = text.slice(0, text.indexOf('|'));
    await this.open(name, text.replace('|', ''));
    const lines = before.split('\n');
    const position = { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
    return this.connection.sendRequest(method, { textDocument: { uri: this.uriOf(name) }, position });
  }

  async fixes(name: string, diagnostics: readonly Diagnostic[]): Promise<CodeAction[]> {
    return this.connection.sendRequest('textDocument/codeAction', {
      textDocument: { uri: this.uriOf(name) },
      range: diagnostics[0]?.range,
      context: { diagnostics },
    });
  }

  /** @returns The exit code */
  async end({ withShutdown = true } = {}): Promise<number | null> {
    const ended = once(this.server, 'close') as Promise<[number | null]>;
    if (withShutdown) await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    const [exitCode] = await ended;
    this.connection.dispose();
    return exitCode;
  }
}

export function renderDiagnostic({ range: { start, end }, code, severity }: Diagnostic): string {
  const to = end.line === start.line ? end.character : `${end.line}:${end.character}`;
  return `${start.line}:${start.character}-${to} ${String(code)} ${severity ?? 0}`;
}
