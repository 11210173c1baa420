import { type CallRecord, type Json, type OpenedPlugin, openPlugin, type PluginOptions } from '../../src/index.ts';

export { configure } from './fixture.ts';

/** A Python that has the vendor's SDK, undefined when there is none. */
export const sdkPython = process.env['PLUGIN_HOST_SDK_PYTHON'];

/** Title of tests that need it. */
export function withSdk(title: string): string {
  if (sdkPython !== undefined) return title;
  const why = 'SKIPPED: set PLUGIN_HOST_SDK_PYTHON to a Python that has oneidentity-safeguard-sessions-plugin-sdk';
  process.stderr.write(`${title}: ${why}\n`);
  return `${title} (${why})`;
}

/** Opens a copy of a fixture for a question and closes it; a fresh process for it is cheaper than warm ones. */
export async function askOnce(folder: string, options: PluginOptions, ...question: Json[]): Promise<Json> {
  await using plugin = await openPlugin(folder, { processes: 'cold', ...options });
  return await ask(plugin, ...question);
}

/** Asks a fixture plugin that answers `cookie.ask` with `cookie.answer`; what it raised is the answer too. */
export async function ask(plugin: OpenedPlugin, ...question: Json[]): Promise<Json> {
  const { outcome, cookie } = await recordOf(plugin, ...question);
  if (outcome.kind === 'raised') return `raised ${outcome.exception.split('.').at(-1) ?? ''}`;
  return outcome.kind === 'returned' ? (cookie.after['answer'] ?? null) : outcome.kind;
}

export async function recordOf(plugin: OpenedPlugin, ...question: Json[]): Promise<CallRecord> {
  return plugin.call('get_password_list', {}, { cookie: { ask: question } });
}
