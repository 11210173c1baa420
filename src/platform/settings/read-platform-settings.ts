import path from 'node:path';
import { parseDuration } from '../../base/parse-duration.ts';
import type { ValueFault } from '../../base/problem.ts';
import { checkDuration } from '../../documents/check-duration.ts';
import { renderKeys } from '../../documents/render-keys.ts';
import { findProjectFile } from '../../project/find-project-file.ts';
import { readProjectFile } from '../../project/read-project-file.ts';
import { sectionPart } from '../../project/section-part.ts';
import { AllowList } from '../network/allow-list.ts';
import { platformSettingsSchema, type WrittenSettings } from './platform-settings-schema.ts';
import { validate } from './platform-settings-validator.ts';

/** How scripts are run here, where no option says otherwise. */
export interface PlatformSettings {
  allow: readonly string[];
  connectTo: readonly string[];
  /** Absolute. */
  ca: string | undefined;
  maxRunMs: number | undefined;
  quietMs: number | undefined;
  terminal: 'dumb' | 'vt100' | undefined;
  strictResult: boolean;
}

type Written = NonNullable<WrittenSettings['platform']>;

/** What plugin-host.yaml says of custom platform scripts. */
export const platformPart = sectionPart<Written, PlatformSettings>({
  name: 'platform',
  validate,
  schema: platformSettingsSchema,
  read: readSection,
});

interface Where {
  /** The file that was named. */
  hostConfig?: string | undefined;
  currentFolder: string;
}

/**
 * The section `platform` of plugin-host.yaml: of the file that was named, else that of the folder, else that of the current one.
 * @throws PluginHostError FILE_NOT_FOUND, HOST_CONFIG_INVALID
 */
export function readPlatformSettings(folder: string, where: Where): PlatformSettings {
  const { file } = findProjectFile(folder, where);
  if (file === undefined) return nothing;
  return readProjectFile(path.resolve(where.currentFolder, file), platformPart).part ?? nothing;
}

const nothing: PlatformSettings = {
  allow: [],
  connectTo: [],
  ca: undefined,
  maxRunMs: undefined,
  quietMs: undefined,
  terminal: undefined,
  strictResult: false,
};

function readSection(written: Written, folder: string): { value: PlatformSettings; problems: ValueFault[] } {
  const { allow = [], connectTo = [], ca, maxRun, quiet, terminal, strictResult = false } = written;
  const durationOf = (given: string | number | undefined): number | undefined =>
    given === undefined ? undefined : parseDuration(String(given));
  return {
    value: {
      allow,
      connectTo,
      ca: ca === undefined ? undefined : path.resolve(folder, ca),
      maxRunMs: durationOf(maxRun),
      quietMs: durationOf(quiet),
      terminal,
      strictResult,
    },
    problems: [
      ...checkDuration(['platform', 'maxRun'], maxRun),
      ...checkDuration(['platform', 'quiet'], quiet),
      ...allow.flatMap(checkAllowed),
    ],
  };
}

function checkAllowed(entry: string, index: number): ValueFault[] {
  try {
    new AllowList([entry]);
    return [];
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const keys = ['platform', 'allow', index];
    return [{ keys, message: `${renderKeys(keys)}: expected HOST[:PORT], *.DOMAIN or CIDR, got ${entry}` }];
  }
}
