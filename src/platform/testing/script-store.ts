import { PluginHostError } from '../../base/plugin-host-error.ts';
import { type LoadedScript, loadScript } from '../run/load-script.ts';

/** The scripts of a run of tests, each read and checked once. */
export class ScriptStore {
  readonly #loaded = new Map<string, LoadedScript | PluginHostError>();

  /** The script, or why it cannot be run. @param file Absolute. @param shown As messages name it. */
  load(file: string, shown: string): LoadedScript | PluginHostError {
    const known = this.#loaded.get(file);
    if (known !== undefined) return known;
    const loaded = load(file, shown);
    this.#loaded.set(file, loaded);
    return loaded;
  }
}

function load(file: string, shown: string): LoadedScript | PluginHostError {
  try {
    return loadScript(file, false, shown);
  } catch (error) {
    if (error instanceof PluginHostError) return error;
    throw error;
  }
}
