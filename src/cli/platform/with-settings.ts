import { type PlatformSettings, readPlatformSettings } from '../../platform/settings/read-platform-settings.ts';

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
export function withSettings<Options extends Settable>(folder: string, options: Options): Options {
  const settings = readPlatformSettings(folder, { hostConfig: options.hostConfig, currentFolder: process.cwd() });
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
