import { PluginHostError } from '../../base/plugin-host-error.ts';
import { type PlacedFault, readPlacedText } from '../../documents/read-placed-text.ts';
import { type LoadedScript, loadScript } from '../run/load-script.ts';

/** The scripts of a run of tests, each read and checked once. */
export class ScriptStore {
  readonly #loaded = new Map<string, LoadedScript | PluginHostError>();
  readonly #textOf: (file: string) => string | PlacedFault;

  /** @param textOf What stands in a script, where that is not what is on the disk */
  constructor(textOf: (file: string) => string | PlacedFault = readPlacedText) {
    this.#textOf = textOf;
  }

  /** The script, or why it cannot be run. @param file Absolute. @param shown As messages name it. */
  load(file: string, shown: string): LoadedScript | PluginHostError {
    const known = this.#loaded.get(file);
    if (known !== undefined) return known;
    const loaded = this.#read(file, shown);
    this.#loaded.set(file, loaded);
    return loaded;
  }

  #read(file: string, shown: string): LoadedScript | PluginHostError {
    try {
      return loadScript(file, false, shown, this.#textOf(file));
    } catch (error) {
      if (error instanceof PluginHostError) return error;
      throw error;
    }
  }
}
