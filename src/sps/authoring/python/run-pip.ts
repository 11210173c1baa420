import path from 'node:path';
import { PluginHostError } from '../../../base/plugin-host-error.ts';
import { type CommandRun, runCommand } from '../../../process/run-command.ts';
import type { Surroundings } from './python-facts.ts';
import { readConnectionFailure } from './read-last-error.ts';

/** Runs pip of an interpreter. @throws PluginHostError INDEX_UNREACHABLE */
export async function runPip(
  python: string,
  args: readonly string[],
  surroundings: Surroundings & { onLine?: ((line: string) => void) | undefined },
  start: readonly string[] = ['-m', 'pip'],
): Promise<CommandRun> {
  const run = await runCommand({ command: [python, ...start, ...args], ...surroundings });
  const failure = run.exitCode === 0 ? undefined : readConnectionFailure(run.lines);
  if (failure === undefined) return run;
  throw new PluginHostError('INDEX_UNREACHABLE', `pip cannot reach the package index: ${failure}`, {
    hint: "Check the network and pip's own settings (PIP_INDEX_URL, PIP_PROXY, pip.conf). Then run the command again; it continues where it stopped.",
  });
}

const passedOn =
  /^(?:PATH|HOME|USER|LOGNAME|LANG|LC_\w+|TZ|NETRC|PIP_\w+|UV_\w+|XDG_\w+|SSL_CERT_(?:FILE|DIR)|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|(?:https?|all|no)_proxy)$/i;

/** They would put packages somewhere else, build them, or change what pip and uv print or do. */
const notPassedOn =
  /^(?:PIP_(?:USER|TARGET|PREFIX|ROOT|PYTHON|REQUIRE_VIRTUALENV|REQUIREMENT|EDITABLE|NO_BINARY|ONLY_BINARY|NO_DEPS|DRY_RUN|REPORT|QUIET|VERBOSE|LOG|NO_INPUT|PROGRESS_BAR)|UV_(?:PYTHON\w*|SYSTEM_PYTHON|TARGET|PROJECT\w*|WORKING_DIR|RESOLUTION|OVERRIDE|EXCLUDE\w*|NO_BUILD\w*|NO_BINARY\w*|PRERELEASE|LOG\w*|REQUIRE_HASHES|VENV_\w+))$/;

/**
 * The user's settings of pip, uv and network, and nothing else of the user's environment.
 * @param currentFolder Where the user's relative folders of wheels begin
 * @param own What plugin-host.yaml adds to the environment of plugins: the interpreter may not even start without it.
 */
export function pipEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  own: Readonly<Record<string, string>>,
  currentFolder = '.',
): Record<string, string> {
  const user = Object.entries(environment).filter(([name]) => passedOn.test(name));
  const passed = [...user, ...Object.entries(own)].flatMap(([name, value]): [string, string][] =>
    value === undefined || notPassedOn.test(name) ? [] : [[name, value]],
  );
  const { PIP_FIND_LINKS: links } = Object.fromEntries(passed);
  return {
    ...Object.fromEntries(passed),
    ...(links !== undefined && { PIP_FIND_LINKS: links.split(/\s+/).map(fromFolder).join(' ') }),
    PIP_USER: '0',
    ...(passed.some(([name, value]) => name === 'PIP_RETRIES' && value === '0') && { PIP_RETRIES: '1' }), // else it is silent about a dead index
    PIP_NO_INPUT: '1',
    PIP_DISABLE_PIP_VERSION_CHECK: '1',
    PIP_PROGRESS_BAR: 'off',
    PYTHONNOUSERSITE: '1',
    PYTHONIOENCODING: 'utf-8',
  };
  function fromFolder(link: string): string {
    return link === '' || /^[a-z+]+:/.test(link) || link.startsWith('~') ? link : path.resolve(currentFolder, link);
  }
}
