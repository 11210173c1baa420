import type { PlatformSettings } from '../../platform/settings/read-platform-settings.ts';
import { findProjectFile } from '../../project/find-project-file.ts';

/** Options that plugin-host.yaml may give too. */
interface Settable {
  hostConfig?: string;
  allow?: string[];
  connectTo?: string[];
  ca?: string;
  /** In milliseconds, as `quiet`. */
  maxRun?: number;
  quiet?: number;
  terminal?: 'dumb' | 'vt100';
  strictResult?: true;
}

/** Options with what the project file of a folder says where they say nothing. @throws PluginHostError FILE_NOT_FOUND, HOST_CONFIG_INVALID */
export async function withSettings<Options extends Settable>(folder: string, options: Options): Promise<Options> {
  const where = { hostConfig: options.hostConfig, currentFolder: process.cwd() };
  if (findProjectFile(folder, where).file === undefined) return options;
  // What reads YAML is loaded when there is some.
  const { readPlatformSettings } = await import('../../platform/settings/read-platform-settings.ts');
  const settings = readPlatformSettings(folder, where);
  return {
    ...given(settings),
    ...options,
    allow: [...(options.allow ?? []), ...settings.allow],
    connectTo: [...(options.connectTo ?? []), ...settings.connectTo], // the first that matches counts
  };
}

function given({ ca, maxRunMs, quietMs, terminal, strictResult }: PlatformSettings): Settable {
  return {
    ...(ca !== undefined && { ca }),
    ...(maxRunMs !== undefined && { maxRun: maxRunMs }),
    ...(quietMs !== undefined && { quiet: quietMs }),
    ...(terminal !== undefined && { terminal }),
    ...(strictResult && { strictResult }),
  };
}
