import path from 'node:path';
import type { Inspector, InspectorOptions } from '../inspector/serving/start-inspector.ts';
import { makeTemporaryFolder } from '../process/folders/make-temporary-folder.ts';
import { removeFolder } from '../process/folders/remove-folder.ts';
import type { ServeOptions } from '../rest/server/serve-options.ts';
import { type RunningServer, startServer } from '../rest/server/start-server.ts';

/** Those of the API, and those of the page. */
export interface ServingOptions
  extends ServeOptions, Pick<InspectorOptions, 'port' | 'keep' | 'showSecrets' | 'hostConfig' | 'plugins'> {}

/**
 * Starts an SPS that holds plugins and policies, and the page that shows the calls of its state folder, on this machine only. It sets no signal
 * handler and writes to no stream.
 * @throws PluginHostError as `startServer`
 */
export async function startServing(options: ServingOptions = {}): Promise<RunningServer> {
  const temporary = options.stateDir === undefined ? makeTemporaryFolder() : undefined;
  const stateDir = path.resolve(options.stateDir ?? temporary ?? '');
  const remove = (): void => {
    if (temporary !== undefined) removeFolder(temporary);
  };
  const opening = Promise.withResolvers<Inspector>();
  const page = new AsyncDisposableStack();
  let server: RunningServer;
  try {
    server = await startServer({ ...options, stateDir }, async () => {
      const { startInspector } = await import('../inspector/serving/start-inspector.ts');
      const inspector = await startInspector({ ...options, stateDir });
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
