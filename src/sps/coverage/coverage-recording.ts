import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { makeTemporaryFolder } from '../../process/folders/make-temporary-folder.ts';
import { removeFolder } from '../../process/folders/remove-folder.ts';
import type { MeasuredFile } from '../../testing/coverage-report.ts';
import type { RunnerSettings } from '../invocation/runner-settings.ts';
import type { Plugin } from '../plugin/plugin.ts';
import { measurePython } from './measure-python.ts';
import type { Measured, RecordedPlugin } from './recorded-plugin.ts';

/** What all processes of the plugins of a run reached; in a folder of its own, which is removed with it. */
export class CoverageRecording implements Disposable {
  #folder: string | undefined;
  readonly #plugins = new Map<string, RecordedPlugin>();

  /** How a plugin is run from now on. */
  settingsFor(plugin: Plugin, settings: RunnerSettings): RunnerSettings {
    const known = this.#plugins.get(plugin.root);
    this.#folder ??= makeTemporaryFolder();
    const folder = known?.folder ?? path.join(this.#folder, String(this.#plugins.size));
    if (known === undefined) {
      mkdirSync(folder, { mode: 0o700 });
      this.#plugins.set(plugin.root, { plugin, settings, folder });
    }
    return { ...settings, coverage: folder };
  }

  /**
   * The lines of each plugin. Call it when their processes have ended.
   * @param currentFolder What the names of files are relative to
   * @throws PluginHostError as `runCommand`; the reason of the signal
   */
  async measure(currentFolder: string, signal: AbortSignal): Promise<{ files: MeasuredFile[]; warnings: string[] }> {
    const files: MeasuredFile[] = [];
    const warnings: string[] = [];
    for (const recorded of this.#plugins.values()) {
      const { root } = recorded.plugin;
      const measured = await measure(recorded, signal);
      warnings.push(...measured.warnings);
      files.push(
        ...measured.files.map(({ name, lines, covered }) => ({
          file: path.relative(currentFolder, path.join(root, name)),
          lines,
          covered,
        })),
      );
    }
    return { files, warnings: [...new Set(warnings)] };
  }

  [Symbol.dispose](): void {
    if (this.#folder !== undefined) removeFolder(this.#folder);
  }
}

async function measure(recorded: RecordedPlugin, signal: AbortSignal): Promise<Measured> {
  const { plugin } = recorded;
  if (plugin.isLegacy) {
    return { files: [], warnings: [`the lines of ${plugin.name} are not counted: it is a plugin of Python 2`] };
  }
  if (plugin.language === 'python') return measurePython(recorded, signal);
  const { measureModule } = await import('./measure-module.ts'); // with a parser
  return measureModule(recorded);
}
