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
  /** Of the plugins of a folder. */
  pointOf: (folder: string) => Promise<string | undefined>;
}

/** @param folders Absolute. @throws PluginHostError EXPECT_INVALID with the problems of all folders, USAGE, POINT_UNKNOWN */
export async function readTestFolders(
  folders: readonly string[],
  currentFolder: string,
  defaults: FolderDefaults,
): Promise<TestFolder[]> {
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
  const tests: TestFolder[] = [];
  for (const { folder, name, expectation, lineOf } of read) {
    const plugin =
      expectation.plugin === undefined
        ? path.resolve(currentFolder, defaults.plugin ?? missing('plugin', name, '--plugin'))
        : path.resolve(folder, expectation.plugin);
    const point = expectation.point ?? (await defaults.pointOf(path.dirname(plugin)));
    const named = String(point ?? missing('point', name, '--point, or point: of kvgroup: in plugin-host.yaml'));
    tests.push({ folder, name, plugin, point: findPoint(named), expectation, lineOf });
  }
  return tests;
}

function missing(option: string, name: string, otherwise: string): never {
  throw new PluginHostError('USAGE', `${name}: which ${option}?`, {
    hint: `Write ${option}: into its expect.yaml, or give ${otherwise}.`,
  });
}
