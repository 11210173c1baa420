import { afterAll } from 'vitest';
import { type CallOptions, type CallRecord, type JsonObject, type OpenedPlugin, openPlugin } from '../../src/index.ts';
import { isThorough } from '../thorough.ts';
import { callFixture, fixture, type Language, python } from './fixture.ts';

interface SharedCall extends CallOptions {
  language?: Language;
  /** Default `get_password_list`. */
  hook?: string;
  /** The plugin is opened for this call alone then. */
  config?: string;
}

const opened = new Map<string, Promise<OpenedPlugin>>();

afterAll(async () => {
  await Promise.all([...opened.values()].map(async (plugin) => (await plugin).close()));
});

/**
 * A call where it does not matter what process serves it: of a Python plugin that stays open for the whole file, which takes a tenth of the
 * time of a fresh interpreter. That one it is in the thorough run; that they are the same is shown by the tests of warm processes.
 */
export async function callShared(
  behaviour: string,
  kwargs: JsonObject = {},
  options: SharedCall = {},
): Promise<CallRecord> {
  const { language = 'python', hook = 'get_password_list', config, ...call } = options;
  if (language === 'typescript' || config !== undefined || isThorough) return callFixture(behaviour, kwargs, options);
  const folder = fixture(behaviour);
  const plugin = opened.get(folder) ?? openPlugin(folder, { python, processes: 'warm' });
  opened.set(folder, plugin);
  return (await plugin).call(hook, kwargs, call);
}
