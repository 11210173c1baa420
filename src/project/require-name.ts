import { PluginHostError } from '../base/plugin-host-error.ts';

/** An empty name would be the current folder, or no program. @throws PluginHostError USAGE */
export function requireName(what: string, given: string | undefined): void {
  if (given === undefined || (given.trim() !== '' && !given.includes('\0'))) return;
  throw new PluginHostError('USAGE', `${what}: ${JSON.stringify(given)} is not a path`, {
    hint: 'Give a path, or leave it out.',
  });
}
