import { PluginHostError } from '../../base/plugin-host-error.ts';
import { checkSettings } from './check-settings.ts';
import { type LoadedSettings, loadSettings } from './load-settings.ts';
import type { SpsSettings } from './sps-settings-schema.ts';

type GivenSettings = Pick<SpsSettings, 'services' | 'backends'>;

/** Services and backends that a program gives, checked as those of a project file. @throws PluginHostError USAGE (all problems) */
export function loadGivenServices(given: GivenSettings, folder: string): LoadedSettings | undefined {
  const found = checkSettings(given);
  const loaded = found.length === 0 ? loadSettings(given, folder) : undefined;
  const problems = [...found, ...(loaded?.problems ?? [])];
  if (problems.length === 0) return loaded;
  throw new PluginHostError('USAGE', problems.map(({ message }) => message).join('\n'), {
    hint: 'Services and backends have the shape of `services:` and `backends:` in plugin-host.yaml.',
  });
}
