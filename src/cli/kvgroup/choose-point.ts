import path from 'node:path';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { findPoint } from '../../kvgroup/points/find-point.ts';
import type { Point } from '../../kvgroup/points/point.ts';
import { findProjectFile } from '../../project/find-project-file.ts';

/**
 * The plugin point that was named, else the one that plugin-host.yaml names for this folder.
 * @throws PluginHostError USAGE, POINT_UNKNOWN, HOST_CONFIG_INVALID
 */
export async function choosePoint(given: string | undefined, folder: string, hostConfig?: string): Promise<Point> {
  const named = given ?? (await pointOfFolder(folder, hostConfig));
  if (named !== undefined) return findPoint(named);
  throw new PluginHostError('USAGE', 'the plugin point is not known', {
    hint: 'Name it, as --point 03, or write `kvgroup: {point: "03"}` into plugin-host.yaml; `plugin-host kvgroup points` lists them.',
  });
}

/** What plugin-host.yaml says, of this folder or of the current one. */
export async function pointOfFolder(folder: string, hostConfig?: string): Promise<string | undefined> {
  const currentFolder = process.cwd();
  const { file } = findProjectFile(folder, { hostConfig, currentFolder });
  if (file === undefined) return undefined;
  // What reads YAML is loaded when there is some.
  const [{ readProjectFile }, { kvgroupPart }] = await Promise.all([
    import('../../project/read-project-file.ts'),
    import('../../kvgroup/settings/kvgroup-part.ts'),
  ]);
  const point = readProjectFile(path.resolve(currentFolder, file), kvgroupPart).part?.point;
  return point === undefined ? undefined : String(point);
}
