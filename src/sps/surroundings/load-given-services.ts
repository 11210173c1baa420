import { PluginHostError } from '../../base/plugin-host-error.ts';
import { checkSettings } from './check-settings.ts';
import { type LoadedSettings, loadSettings } from './load-settings.ts';
import type { Services } from './services.ts';

/** Services that a program gives, checked as those of a project file. @throws PluginHostError USAGE (all problems) */
export function loadGivenServices(services: Services, folder: string): LoadedSettings | undefined {
  const found = checkSettings({ services });
  const loaded = found.length === 0 ? loadSettings({ services }, folder) : undefined;
  const problems = [...found, ...(loaded?.problems ?? [])];
  if (problems.length === 0) return loaded;
  throw new PluginHostError('USAGE', problems.map(({ message }) => message).join('\n'), {
    hint: 'Services have the shape of `services:` in plugin-host.yaml.',
  });
}
