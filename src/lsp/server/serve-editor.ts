import type { Readable, Writable } from 'node:stream';
import {
  CodeActionKind,
  type Connection,
  createConnection,
  DidChangeWatchedFilesNotification,
  type InitializeResult,
  ProposedFeatures,
  TextDocuments,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { completeAt } from '../completion/complete-at.ts';
import type { EditorSchemas } from '../completion/editor-schemas.ts';
import { hoverAt } from '../completion/hover-at.ts';
import { findProblems } from '../problems/find-problems.ts';
import { Checking } from './checking.ts';
import { offerFixes } from './offer-fixes.ts';
import { OpenFiles } from './open-files.ts';
import { toDiagnostic } from './to-diagnostic.ts';
import { watchProcess } from './watch-process.ts';

interface EditorOptions {
  input: Readable;
  output: Writable;
  /** Of the program, shown by editors. */
  version: string;
  /** Absolute; of documents that are not saved yet. */
  currentFolder: string;
  schemas: EditorSchemas;
  /** Ends it. */
  signal: AbortSignal;
  /** For people: what is wrong with the editor or with the server itself. */
  say: (text: string) => void;
}

/**
 * Speaks the Language Server Protocol until the editor ends it, ends itself, or no longer speaks the protocol. Runs no code of a plugin and writes
 * nothing.
 * @returns The exit code: 0 when the editor asked for the end first (`shutdown`), else 1
 */
export function serveEditor({ input, output, signal, say, ...options }: EditorOptions): Promise<number> {
  return new Promise((resolve) => {
    let isAsked = false;
    const reader = new StreamMessageReader(input);
    reader.partialMessageTimeout = 0; // its timer would go on after the end
    const stopWatching: (() => void)[] = [];
    const end = (exitCode = isAsked ? 0 : 1): void => {
      for (const stop of stopWatching.splice(0)) stop();
      reader.dispose();
      input.destroy();
      resolve(exitCode);
    };
    reader.onError((error) => {
      if (error instanceof SyntaxError) return; // one message that is no JSON; the next one can be read
      say(`this is no Language Server Protocol: ${error.message.split('\n', 1)[0] ?? ''}`);
      end(1);
    });
    input.once('end', end).once('close', end).once('error', end);
    const onAbort = (): void => {
      end();
    };
    signal.addEventListener('abort', onAbort);
    const connection = createConnection(
      (logger) => createProtocolConnection(reader, new StreamMessageWriter(output), logger),
      {
        get shutdownReceived() {
          return isAsked;
        },
        set shutdownReceived(isReceived) {
          isAsked = isReceived;
        },
        initialize: ({ processId }) => {
          if (processId !== null) stopWatching.push(watchProcess(processId, end));
        },
        exit: end,
      },
      ProposedFeatures.all,
    );
    const close = listen(connection, { ...options, say });
    stopWatching.push(close, () => {
      signal.removeEventListener('abort', onAbort);
    });
  });
}

type Talk = Pick<EditorOptions, 'version' | 'currentFolder' | 'schemas' | 'say'>;

/** @returns What ends its checks */
function listen(connection: Connection, { version, currentFolder, schemas, say }: Talk): () => void {
  const documents = new TextDocuments(TextDocument);
  const files = new OpenFiles(documents, currentFolder);
  const onDefect = (error: unknown): void => {
    say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  };
  const checking = new Checking({
    documentOf: (uri) => documents.get(uri),
    check: async (document) => {
      const kind = files.kindOf(document);
      const problems = kind === undefined ? [] : await findProblems(kind, files.edited(document));
      return problems.slice(0, mostShown).map((problem) => toDiagnostic(problem, document));
    },
    publish: (uri, of, diagnostics) => {
      connection.sendDiagnostics({ uri, version: of, diagnostics }).catch(onDefect);
    },
    onDefect,
  });
  connection.onInitialize(({ capabilities: { workspace } }): InitializeResult => {
    if (workspace?.didChangeWatchedFiles?.dynamicRegistration === true) {
      connection.onInitialized(() => {
        connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }).catch(onDefect);
      });
    }
    return { capabilities, serverInfo: { name: 'plugin-host', version } };
  });
  documents.onDidChangeContent(({ document: { uri } }) => {
    checking.schedule(uri);
  });
  const checkAll = (): void => {
    for (const { uri } of documents.all()) checking.schedule(uri); // what one file says of another one may have changed
  };
  documents.onDidSave(checkAll);
  connection.onDidChangeWatchedFiles(checkAll);
  documents.onDidClose(({ document: { uri } }) => {
    checking.cancel(uri);
    connection.sendDiagnostics({ uri, diagnostics: [] }).catch(onDefect);
  });
  connection.onCompletion(({ textDocument: { uri }, position }) => {
    const document = documents.get(uri);
    if (document === undefined) return [];
    return completeAt(document, document.offsetAt(position), files.kindOf(document), files.edited(document), schemas);
  });
  connection.onHover(({ textDocument: { uri }, position }) => {
    const document = documents.get(uri);
    if (document === undefined) return null;
    return hoverAt(document.offsetAt(position), files.kindOf(document), files.edited(document), schemas);
  });
  connection.onCodeAction(({ textDocument: { uri }, context: { diagnostics } }) => {
    const document = documents.get(uri);
    return document === undefined ? [] : offerFixes(document, diagnostics);
  });
  documents.listen(connection);
  connection.listen();
  return () => {
    checking.close();
  };
}

/** Files that say something of others. */
const watchers = [{ globPattern: '**/{MANIFEST,*.yaml,*.yml,*.json,*.kvg,*.py,*.ts}' }];

/** Nobody reads more, and an editor draws each. */
const mostShown = 1000;

const capabilities: InitializeResult['capabilities'] = {
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
  completionProvider: { triggerCharacters: [' ', '"', '(', ',', '{', '%'] },
  hoverProvider: true,
  codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
};
