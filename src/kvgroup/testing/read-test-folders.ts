import path from 'node:path';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import type { InvalidFile } from '../../testing/plan-invalid-file.ts';
import { askPoint, findPoint } from '../points/find-point.ts';
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

/** One whose `expect.yaml` is not valid. */
interface InvalidFolder extends InvalidFile {
  /** As `TestFolder`. */
  name: string;
}

/** For folders whose expect.yaml names none. */
export interface FolderDefaults {
  /** Relative to the current folder. */
  plugin?: string | undefined;
  /** Of the plugins of a folder. */
  pointOf: (folder: string) => Promise<string | undefined>;
}

/** @param folders Absolute. One whose `expect.yaml` is not valid is what is wrong with it. @throws PluginHostError USAGE; POINT_UNKNOWN of the defaults */
export async function readTestFolders(
  folders: readonly string[],
  currentFolder: string,
  defaults: FolderDefaults,
): Promise<(TestFolder | InvalidFolder)[]> {
  const tests: (TestFolder | InvalidFolder)[] = [];
  for (const folder of folders) {
    const name = path.relative(currentFolder, folder) || '.';
    const file = path.join(name, 'expect.yaml');
    const { expectation, lineOf, problems } = readExpectation(folder);
    const asked = expectation.point === undefined ? undefined : askPoint(String(expectation.point));
    if (asked instanceof PluginHostError) {
      problems.push({ line: lineOf('point') ?? 1, column: 1, message: `point: ${asked.message}`, hint: asked.hint });
    }
    if (problems.length > 0 || asked instanceof PluginHostError) {
      const hint = 'See docs/kvgroup.md for what expect.yaml may hold.';
      tests.push({ name, file, code: 'EXPECT_INVALID', problems, hint });
      continue;
    }
    const plugin =
      expectation.plugin === undefined
        ? path.resolve(currentFolder, defaults.plugin ?? missing('plugin', name, '--plugin'))
        : path.resolve(folder, expectation.plugin);
    const otherwise = '--point, or point: of kvgroup: in plugin-host.yaml';
    const point =
      asked ?? findPoint((await defaults.pointOf(path.dirname(plugin))) ?? missing('point', name, otherwise));
    tests.push({ folder, name, plugin, point, expectation, lineOf });
  }
  return tests;
}

function missing(option: string, name: string, otherwise: string): never {
  throw new PluginHostError('USAGE', `${name}: which ${option}?`, {
    hint: `Write ${option}: into its expect.yaml, or give ${otherwise}.`,
  });
}
