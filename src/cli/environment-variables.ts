/** What the program reads of the environment, besides what it passes on to plugins. */
export const environmentVariables: readonly (readonly [name: string, text: string])[] = [
  ['PLUGIN_HOST_STATE', 'state folder or redis://…; --state wins'],
  ['NO_COLOR', 'no colours, as --no-color'],
  ['FORCE_COLOR, CLICOLOR_FORCE', 'colours in a pipe too'],
  ['XDG_CACHE_HOME', 'caches, for a faster start (default: ~/.cache)'],
  ['PIP_INDEX_URL, PIP_FIND_LINKS, HTTPS_PROXY, …', 'as pip reads them, for `python install` and `pack`'],
];

/** As a section of the help. */
export function renderEnvironment(): string {
  return ['Environment:', ...environmentVariables.map(([name, text]) => `  ${name}\n      ${text}`)].join('\n');
}
