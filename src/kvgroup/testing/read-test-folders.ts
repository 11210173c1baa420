import path from 'node:path';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { findPoint } from '../points/find-point.ts';
import type { Point } from '../points/point.ts';
import { type ReadExpectation, readExpectation } from './read-expectation.ts';

/** One folder, ready to be run. */
export interface TestFolder {
  /** Absolute. */
  folder: string;
  /** For people: relative to the current folder. */
  name: string;
  /** Absolute path of the plugin. */
  plugin: string;
  point: Point;
  expectation: ReadExpectation['expectation'];
  lineOf: ReadExpectation['lineOf'];
}

/** For folders whose expect.yaml names none. */
export interface FolderDefaults {
  /** Relative to the current folder. */
  plugin?: string | undefined;
  point?: string | undefined;
}

/** @param folders Absolute. @throws PluginHostError EXPECT_INVALID with the problems of all folders, USAGE, POINT_UNKNOWN */
export function readTestFolders(
  folders: readonly string[],
  currentFolder: string,
  defaults: FolderDefaults,
): TestFolder[] {
  const read = folders.map((folder) => {
    const name = path.relative(currentFolder, folder) || '.';
    return { folder, name, ...readExpectation(folder, name) };
  });
  const problems = read.flatMap((each) => each.problems);
  if (problems.length > 0) {
    throw new PluginHostError('EXPECT_INVALID', problems.join('\n'), {
      hint: 'See docs/kvgroup.md for what expect.yaml may hold.',
    });
  }
  return read.map(({ folder, name, expectation, lineOf }) => {
    const plugin =
      expectation.plugin === undefined
        ? path.resolve(currentFolder, requireDefault('plugin', defaults, name))
        : path.resolve(folder, expectation.plugin);
    const point = String(expectation.point ?? requireDefault('point', defaults, name));
    return { folder, name, plugin, point: findPoint(point), expectation, lineOf };
  });
}

function requireDefault(option: keyof FolderDefaults, defaults: FolderDefaults, name: string): string {
  const value = defaults[option];
  if (value !== undefined) return value;
  throw new PluginHostError('USAGE', `${name}: which ${option}?`, {
    hint: `Write ${option}: into its expect.yaml, or give --${option}.`,
  });
}
