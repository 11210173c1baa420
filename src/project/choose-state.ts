import path from 'node:path';
import { tell } from '../diagnostics/tell.ts';
import { isStateUrl, requireStateUrl, type StatePlace } from '../state/state-place.ts';

interface StateChoice {
  /** By the caller: a folder, from the current folder, or the address of a server. */
  stateDir?: string | undefined;
  environment: Readonly<Record<string, string | undefined>>;
  currentFolder: string;
}

/**
 * Where sessions, environments and the like are: what is given, PLUGIN_HOST_STATE, `.plugin-host` beside the project file. With the address of a
 * server, what is of this machine only is in the folder of PLUGIN_HOST_STATE, or the default one. @throws PluginHostError USAGE
 */
export function chooseState(
  { stateDir: given, environment, currentFolder }: StateChoice,
  projectFolder: string,
): StatePlace {
  const { PLUGIN_HOST_STATE: set } = environment;
  const chosen = given ?? set;
  const stateUrl = chosen !== undefined && isStateUrl(chosen) ? requireStateUrl(chosen) : undefined;
  const folder = [given, set].find((each) => each !== undefined && each !== '' && !isStateUrl(each));
  const stateDir = path.resolve(currentFolder, folder ?? path.join(projectFolder, '.plugin-host'));
  tell(() => ({ what: 'state', place: stateDir }));
  return { stateDir, stateUrl };
}
