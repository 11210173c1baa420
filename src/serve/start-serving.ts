import path from 'node:path';
import type { Inspector } from '../inspector/serving/start-inspector.ts';
import { makeTemporaryFolder } from '../process/folders/make-temporary-folder.ts';
import { removeFolder } from '../process/folders/remove-folder.ts';
import { type RunningServer, type ServeOptions, startServer } from '../rest/server/start-server.ts';

export interface ServingOptions extends ServeOptions {
  /** Of the inspector page; default 0: any free one. */
  port?: number;
  /** How many sessions stay that were recorded for the page; default 500. */
  keep?: number;
  /** Masks nothing in the page; default false. */
  showSecrets?: boolean;
}

/**
 * Starts an SPS that holds plugins and policies, and the page that shows the calls of its state folder, on this machine only. It sets no signal
 * handler and writes to no stream.
 * @throws PluginHostError as `startServer`
 */
export async function startServing(options: ServingOptions = {}): Promise<RunningServer> {
  const { port = 0, keep, showSecrets, ...ofServer } = options;
  const temporary = options.stateDir === undefined ? makeTemporaryFolder() : undefined;
  const stateDir = path.resolve(options.stateDir ?? temporary ?? '');
  const remove = (): void => {
    if (temporary !== undefined) removeFolder(temporary);
  };
  const opening = Promise.withResolvers<Inspector>();
  const page = new AsyncDisposableStack();
  let server: RunningServer;
  try {
    server = await startServer({ ...ofServer, stateDir }, async () => {
      const { startInspector } = await import('../inspector/serving/start-inspector.ts');
      const inspector = await startInspector({
        stateDir,
        port,
        ...(options.host === undefined ? {} : { host: options.host }),
        ...(options.allowHosts === undefined ? {} : { allowHosts: options.allowHosts }),
        ...(keep === undefined ? {} : { keep }),
        ...(showSecrets === undefined ? {} : { showSecrets }),
      });
      opening.resolve(inspector);
      page.defer(inspector.close);
    });
  } catch (error) {
    await page.disposeAsync();
    remove();
    throw error;
  }
  const opened = server;
  const { url: inspectorUrl } = await opening.promise;
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> =>
    (closing ??= Promise.all([opened.close(), page.disposeAsync()])
      .then(() => undefined)
      .finally(remove));
  return { ...opened, inspectorUrl, close, [Symbol.asyncDispose]: close };
}
