import type { ValueFault } from '../../base/problem.ts';
import { checkDuration } from '../../documents/check-duration.ts';
import type { ProjectPart } from '../../project/read-project-file.ts';
import { checkSettings } from './check-settings.ts';
import { type LoadedSettings, loadSettings } from './load-settings.ts';
import { checkMatrix } from './matrix-schema.ts';
import type { SpsSettings } from './sps-settings-schema.ts';

/** The keys of SPS with what they name: files are read, names are checked. */
export interface ReadSpsSettings extends SpsSettings {
  /** Absent when there are neither services nor files nor faults. */
  loaded?: LoadedSettings;
}

/** What plugin-host.yaml says of plugins of SPS. */
export const spsPart: ProjectPart<ReadSpsSettings> = { name: 'sps', read: readSpsSettings };

function readSpsSettings(
  keys: Readonly<Record<string, unknown>>,
  folder: string,
): { value: ReadSpsSettings; problems: ValueFault[] } {
  const found = checkSettings(keys);
  if (found.length > 0) return { value: {}, problems: found };
  const settings = keys as SpsSettings; // of that shape, as was just checked
  const loaded = loadSettings(settings, folder);
  return {
    value: loaded === undefined ? settings : { ...settings, loaded },
    problems: [
      ...checkDuration(['proxyTimeout'], settings.proxyTimeout),
      ...checkMatrix(settings.matrix),
      ...(loaded?.problems ?? []),
    ],
  };
}
