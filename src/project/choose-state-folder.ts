import path from 'node:path';

interface StateChoice {
  /** By the caller, from the current folder. */
  stateDir?: string | undefined;
  environment: Readonly<Record<string, string | undefined>>;
  currentFolder: string;
}

/** Where sessions, environments and the like are: the given folder, PLUGIN_HOST_STATE, `.plugin-host` beside the project file. */
export function chooseStateFolder(
  { stateDir, environment, currentFolder }: StateChoice,
  projectFolder: string,
): string {
  const chosen = stateDir ?? (environment['PLUGIN_HOST_STATE'] || path.join(projectFolder, '.plugin-host'));
  return path.resolve(currentFolder, chosen);
}
