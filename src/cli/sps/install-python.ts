import path from 'node:path';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { findPythonVersion, isPythonVersion } from '../../project/find-python-version.ts';
import { readOwnRequirements } from '../../sps/authoring/pack/read-own-requirements.ts';
import { type Extra, extraNames } from '../../sps/authoring/python/extra.ts';
import { installSdk } from '../../sps/authoring/python/install-sdk.ts';
import type { Requirements } from '../../sps/authoring/python/installation.ts';
import { findPython } from '../../sps/invocation/runner-settings.ts';
import type { OptionsOf } from '../command/declare-command.ts';
import { readTextFile } from '../command/read-json-text.ts';
import type { Terminal } from '../terminal/create-terminal.ts';
import { sanitize } from '../terminal/sanitize.ts';
import type { machineCommands } from './commands/machine-commands.ts';
import { hostOf, pluginHere } from './host-options-of.ts';

type InstallCommandOptions = OptionsOf<typeof machineCommands.installPython>;

export async function installPython(terminal: Terminal, options: InstallCommandOptions): Promise<number> {
  const { sdk, python, ...others } = options;
  if (sdk !== undefined && !/^\d+(\.\d+)+$/.test(sdk)) {
    throw new PluginHostError('USAGE', `${JSON.stringify(sdk)} is not a version of the SDK`, {
      hint: 'Write it as 1.9.1.',
    });
  }
  const { stateDir, settings } = await hostOf(options.plugin, options);
  const base = python === undefined ? 'python3' : settings.python;
  const found = isPythonVersion(base)
    ? findPythonVersion(base, process.env, process.cwd())
    : findPython({ ...settings, python: base });
  if (found === undefined) {
    throw new PluginHostError(
      'PYTHON_NOT_FOUND',
      isPythonVersion(base)
        ? `Python ${base} was not found on PATH, in pyenv or by uv`
        : `${base} was not found on PATH`,
      {
        hint: 'Install Python 3.8 or newer (Debian, Ubuntu: apt install python3 python3-venv), or name one with --python.',
      },
    );
  }
  const result = await installSdk({
    stateDir,
    sdk,
    isChosen: true,
    requirements: await requirementsOf(options, terminal),
    extras: extraNames.filter((each) => isAsked(options, each)),
    base: found,
    hostEnvironment: process.env,
    environment: settings.environment,
    currentFolder: process.cwd(),
    onStep: terminal.say,
    signal: terminal.interrupted,
  });
  const { environment, packages } = result;
  const { settings: later } = await hostOf(options.plugin, others);
  const warnings = [
    ...result.warnings,
    ...(later.python === environment.python
      ? []
      : [`plugin-host.yaml names ${later.python}, which wins over this environment`]),
  ];
  if (options.json) {
    terminal.printJson({ sdk: result.sdk, python: environment.python, path: environment.folder, packages, warnings });
    return 0;
  }
  const { paint } = terminal;
  const lines = [
    `${paint('green', 'installed')}  SDK ${result.sdk} for Python ${result.python}, ${Object.keys(packages).length} packages`,
    `  ${environment.python}`,
    ...warnings.map((warning) => `${paint('yellow', 'warning')}  ${warning}`),
  ];
  terminal.show(lines.join('\n'));
  return 0;
}

/** @throws PluginHostError DEPENDENCIES_UNINSTALLABLE, FILE_NOT_FOUND */
async function requirementsOf(
  { requirements, plugin = pluginHere() }: InstallCommandOptions,
  terminal: Terminal,
): Promise<Requirements | undefined> {
  if (requirements === undefined) return undefined;
  if (typeof requirements === 'string') {
    const text = await readTextFile(requirements);
    return { source: requirements, file: path.resolve(requirements), text, isLocked: false };
  }
  const found = readOwnRequirements(plugin);
  if (found === undefined) terminal.say(`${sanitize(plugin)} names no packages of its own`);
  return found;
}

function isAsked({ withTests, withDebugger, withCoverage }: InstallCommandOptions, extra: Extra): boolean {
  return { tests: withTests, debugger: withDebugger, coverage: withCoverage }[extra] ?? false;
}
