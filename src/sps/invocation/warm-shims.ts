import type { RequestProcess } from '../../process/request-process.ts';
import { acquireForkPool } from '../../process/warm/acquire-fork-pool.ts';
import type { ForkPool } from '../../process/warm/fork-pool.ts';
import { shimFile } from '../shim/shim-file.ts';
import { bootShim, childLimits, coldShims } from './boot-shim.ts';
import { choosePreload } from './choose-preload.ts';
import { keptPath } from './kept-path.ts';
import { findPython, type RunnerSettings, shimEnvironment } from './runner-settings.ts';
import type { OpenedShims, Placed, TakenShim } from './shim-source.ts';

/** How many booted interpreters wait for a TypeScript plugin. */
const readyCount = 2;

/** The interpreters of one plugin, started before they are needed, each for one call: forked from a server (Python) or booted ahead (Node). */
export class WarmShims implements OpenedShims {
  readonly #plugin: Placed;
  readonly #settings: RunnerSettings;
  readonly #pool: ReturnType<typeof acquireForkPool> | undefined;
  readonly #waiting: RequestProcess[] = [];
  #isClosed = false;

  constructor(plugin: Placed, settings: RunnerSettings) {
    this.#plugin = plugin;
    this.#settings = settings;
    if (plugin.language === 'python' && plugin.isLegacy !== true) this.#pool = acquirePool(plugin.root, settings);
  }

  async take(): Promise<TakenShim> {
    if (this.#plugin.language === 'typescript') return { child: this.#takeBooted(), isPrepared: false };
    const child = await this.#pool?.pool.take();
    return child === undefined ? coldShims.take(this.#plugin, this.#settings) : { child, isPrepared: true };
  }

  /** Resolves when the next call need not wait. */
  async warmUp(): Promise<void> {
    await this.#pool?.pool.warmUp();
    if (this.#plugin.language === 'typescript') this.#boot();
  }

  /** Ends the waiting ones. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await Promise.all([this.#pool?.release(), ...this.#waiting.map((child) => child.discard())]);
  }

  #takeBooted(): RequestProcess {
    const child = this.#waiting.find(({ isWaiting }) => isWaiting) ?? bootShim(this.#plugin, this.#settings).child;
    this.#waiting.splice(0, this.#waiting.length, ...this.#waiting.filter((each) => each !== child && each.isWaiting));
    this.#boot();
    return child;
  }

  #boot(): void {
    while (!this.#isClosed && this.#waiting.length < readyCount) {
      const { child } = bootShim(this.#plugin, this.#settings);
      child.park();
      this.#waiting.push(child);
    }
  }
}

/** Undefined when there is no such interpreter; the call will report that. */
function acquirePool(
  root: string,
  settings: RunnerSettings,
): { pool: ForkPool; release: () => Promise<void> } | undefined {
  const python = findPython(settings);
  if (python === undefined) return undefined;
  return acquireForkPool(
    {
      python,
      kept: keptPath(settings),
      env: shimEnvironment(settings),
      limits: settings.limits,
      program: shimFile('python-shim.py'),
      preload: choosePreload(root),
      words: settings.ahead ?? [],
    },
    childLimits,
  );
}
