import { nearestName } from '../../base/nearest-name.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';

/** Source: product contract, `--session`. */
const pattern = /^[A-Za-z0-9._-]{1,64}$/;

/** The invented name of a session that the user did not name, see `inventSessionName`. */
export const unnamedPattern = /^[A-Za-z0-9]{22}$/;

/** @throws PluginHostError SESSION_NAME_INVALID */
export function requireSessionName(name: string): void {
  if (pattern.test(name)) return;
  throw new PluginHostError('SESSION_NAME_INVALID', `${JSON.stringify(name)} is not a session name`, {
    hint: 'Use 1 to 64 ASCII letters, digits, dots, underscores and hyphens.',
  });
}

/** @param names Of those that there are */
export function sessionNotFound(name: string, names: readonly string[], place: string): PluginHostError {
  const nearest = nearestName(name, names);
  const suggestion = nearest === undefined ? '' : `Did you mean ${nearest}? `;
  return new PluginHostError('SESSION_NOT_FOUND', `${name}: no such session in ${place}`, {
    hint: `${suggestion}\`plugin-host session ls\` lists the stored sessions; -p names the plugin, --state the state folder.`,
  });
}

export function sessionExists(name: string, place: string): PluginHostError {
  return new PluginHostError('SESSION_EXISTS', `${name}: a session with this name exists in ${place}`, {
    hint: 'Give another one with --name, or --replace to replace it.',
  });
}
