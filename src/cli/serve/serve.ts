import { type Inspector, startInspector } from '../../inspector/serving/start-inspector.ts';
import { openInBrowser } from '../../process/open-in-browser.ts';
import { createRoutes } from '../../rest/create-routes.ts';
import { openApi } from '../../rest/open-api.ts';
import { serverDefaults } from '../../rest/server/server-options.ts';
import { startApiServer } from '../../rest/server/start-api-server.ts';
import type { Compat } from '../../sps/policies/links/compat.ts';
import { createEndpointTree } from '../../sps/policies/links/create-endpoint-tree.ts';
import type { OptionsOf } from '../command/declare-command.ts';
import type { Terminal } from '../terminal/create-terminal.ts';
import { firstSignal } from '../terminal/first-signal.ts';
import { openLog } from '../terminal/open-log.ts';
import type { serveCommand } from './commands/serve-command.ts';
import { readServeOptions } from './read-serve-options.ts';
import { renderAccessLine } from './render-access-line.ts';
import { readyDocument, renderReady } from './render-ready.ts';

type ServeOptions = OptionsOf<typeof serveCommand>;

const interruptedExitCode = 130;

/** Serves until it is told to end. */
export async function serve(terminal: Terminal, options: ServeOptions): Promise<number> {
  const { json = false } = options;
  if (options.openapi) {
    terminal.printJson(describeApi(options.compat ?? serverDefaults.compat));
    return 0;
  }
  const signal = firstSignal();
  const say = (text: string): void => {
    terminal.say(text);
  };
  const { server: serverOptions, page, log } = await readServeOptions(options, say);
  using access = log === undefined ? undefined : openLog(log, say);
  const watch = (line: string): void => {
    const shown = process.stderr.isTTY ? renderAccessLine(line, terminal.paintError) : undefined;
    if (shown !== undefined) terminal.say(shown);
  };
  await using beside = new AsyncDisposableStack(); // what failed to start leaves nothing
  const inspector = Promise.withResolvers<Inspector>();
  const server = await startApiServer({ ...serverOptions, log: access?.write ?? watch }, async () => {
    const opened = await startInspector({
      ...page,
      onDefect: (error) => {
        say(error instanceof Error ? (error.stack ?? error.message) : String(error));
      },
    });
    beside.defer(opened.close);
    inspector.resolve(opened);
  });
  const { url: inspectorUrl } = await inspector.promise;
  if (json) terminal.print(JSON.stringify(readyDocument(server, serverOptions, inspectorUrl))); // who starts it reads one line
  terminal.sayAnyway(renderReady(server, serverOptions, { terminal, inspectorUrl }));
  if (page.showSecrets) terminal.say('warning: the page shows secrets');
  if (options.open) openInBrowser(inspectorUrl);
  terminal.interruptedAgain.addEventListener('abort', () => process.exit(interruptedExitCode));
  const isInterrupted = (await signal) === 'SIGINT';
  await Promise.all([beside.disposeAsync(), server.close()]);
  return isInterrupted ? interruptedExitCode : 0;
}

function describeApi(compat: Compat): object {
  return openApi(createRoutes(compat, createEndpointTree(compat)), compat);
}
