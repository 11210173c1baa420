import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { findProjectFile } from '../../project/find-project-file.ts';
import { type Combination, combinationsOf, type Matrix } from '../../testing/matrix.ts';
import type { TestWay } from '../../testing/plan-case.ts';
import { type Host, type HostOptions, resolveHost } from '../call/resolve-host.ts';
import { apiOf } from '../manifest/api-of.ts';
import { TestPlugins } from './test-plugins.ts';

/** Gives the interpreter of a combination, installed if need be. @throws PluginHostError */
type PreparePython = (wanted: { sdk?: string; python?: string }, host: Host) => Promise<string>;

export interface VariantOptions {
  host: HostOptions;
  /** For all tests; undefined: as the project file of each says; null: none, whatever it says. */
  matrix?: Matrix | null | undefined;
  /** Needed for the axes `sdk` and `python`. */
  prepare?: PreparePython | undefined;
  /** Options that the command that repeats a call needs too. */
  repeatOptions: (changed: ChangedHost) => readonly string[];
}

interface ChangedHost {
  python?: string;
  api?: string;
  spsVersion?: string;
}

/** What a case is run with. */
export interface TestVariant {
  host: HostOptions;
  plugins: TestPlugins;
  repeatOptions: readonly string[];
}

/** What the cases of a run are run with: one way, or one for each combination of a matrix. What a combination needs is made when a case of it begins. */
export class TestVariants implements AsyncDisposable {
  readonly #options: VariantOptions;
  readonly #variants = new Map<string, Promise<TestVariant>>();
  readonly #plugins: TestPlugins[] = [];

  constructor(options: VariantOptions) {
    this.#options = options;
  }

  /** @param plugin Of the tests, undefined where they name none */
  async waysOf(plugin: string | undefined): Promise<TestWay<TestVariant>[]> {
    const matrix = await this.#matrixOf(plugin ?? '.');
    const combinations = combinationsOf(matrix ?? {});
    if (combinations.length === 0) return [{ combination: undefined, open: async () => this.#take('', () => ({})) }];
    return combinations.map((combination) => ({
      combination,
      open: async () => {
        const host = await resolveHost(plugin ?? '.', this.#options.host);
        const key = JSON.stringify([combination, host.stateDir, host.settings.python]);
        return this.#take(key, async () => this.#change(combination, host));
      },
    }));
  }

  async #matrixOf(plugin: string): Promise<Matrix | undefined> {
    const { matrix, host } = this.#options;
    if (matrix !== undefined) return matrix ?? undefined;
    const { file } = findProjectFile(plugin, host);
    const absolute = file && path.resolve(host.currentFolder, file);
    // Most project files say nothing of it; they are read when their first case runs.
    if (absolute === undefined || !existsSync(absolute) || !readFileSync(absolute).includes('matrix')) return undefined;
    try {
      return (await resolveHost(plugin, host)).matrix;
    } catch (error) {
      if (error instanceof PluginHostError) return undefined; // which each case tells
      throw error;
    }
  }

  async #change(combination: Combination, host: Host): Promise<ChangedHost> {
    const { sdk, python, release } = combination;
    const { prepare } = this.#options;
    const wanted = { ...(sdk !== undefined && { sdk }), ...(python !== undefined && { python }) };
    const interpreter = Object.keys(wanted).length === 0 ? undefined : await prepare?.(wanted, host);
    return {
      ...(interpreter !== undefined && { python: interpreter }),
      ...(release !== undefined && { spsVersion: release, api: apiOf(release) }),
    };
  }

  async #take(key: string, change: () => ChangedHost | Promise<ChangedHost>): Promise<TestVariant> {
    const variant = this.#variants.get(key) ?? this.#make(change);
    this.#variants.set(key, variant);
    return variant;
  }

  async #make(change: () => ChangedHost | Promise<ChangedHost>): Promise<TestVariant> {
    const changed = await change();
    const host = { ...this.#options.host, ...changed };
    const plugins = new TestPlugins(host);
    this.#plugins.push(plugins);
    return { host, plugins, repeatOptions: this.#options.repeatOptions(changed) };
  }

  /** Ends the waiting processes. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.allSettled(this.#variants.values());
    await Promise.all(this.#plugins.map(async (each) => each[Symbol.asyncDispose]()));
  }
}
