import { childEnvironment, type EnvironmentSettings } from '../../process/child-environment.ts';
import { findOnPath } from '../../process/find-on-path.ts';
import type { Limits } from '../../process/limits.ts';
import { supervisorPython } from '../../process/start-supervisor.ts';
import type { Plugin } from '../plugin/plugin.ts';
import { shimFile } from '../shim/shim-file.ts';

export interface RunnerSettings extends EnvironmentSettings {
  /** Interpreter for Python plugins: a path, or a name to be found on PATH. */
  python: string;
  /** Interpreter for Python 2 plugins, which are refused without one. */
  legacyPython?: string | undefined;
  /** Node for TypeScript plugins. */
  node: string;
  /** Folder, absolute, for what its calls reached of a plugin; undefined: that is not wanted. */
  coverage?: string | undefined;
  /** Where Node keeps what it compiled of TypeScript plugins, undefined: nowhere. */
  compileCache: string | undefined;
  limits: Limits;
  /** Child-side files that a fork server compiles before they are needed. */
  ahead?: readonly string[];
}

/** What decides which interpreter a plugin needs. */
type Runnable = Pick<Plugin, 'language' | 'isLegacy'>;

/** The child's command: a fresh interpreter with the shim of its language. */
export function childCommand(plugin: Runnable, settings: RunnerSettings): [string, ...string[]] {
  const { python, node } = settings;
  if (plugin.isLegacy === true) {
    const words = [shimFile('legacy-launcher.py'), interpreterOf(plugin, settings), shimFile('legacy-shim.py')];
    return [supervisorPython, '-I', '-S', '-B', ...words];
  }
  switch (plugin.language) {
    case 'python':
      // Unbuffered, so that both streams are logged in the order in which they were written, also by a killed plugin.
      return [python, '-u', shimFile('python-shim.py')];
    case 'typescript':
      // A plugin folder needs no package.json; Node would comment on that in every log.
      return [node, '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', shimFile('module-shim.mjs')];
  }
}

/** Why an interpreter that works in a shell may not work here. */
export const hintOnEnvironment =
  'Does the interpreter work by itself? Only PATH, HOME, LANG and TZ are passed on to it; what else it needs, such as LD_LIBRARY_PATH, belongs under `environment:` in plugin-host.yaml.';

export function shimEnvironment(settings: RunnerSettings): Record<string, string> {
  return childEnvironment(settings, { PYTHONDONTWRITEBYTECODE: '1' });
}

/** The interpreter that runs a plugin: a path, or a name to be found on PATH. */
export function interpreterOf(
  { language, isLegacy }: Runnable,
  { python, legacyPython, node }: RunnerSettings,
): string {
  if (isLegacy === true) return legacyPython ?? 'python2';
  return language === 'python' ? python : node;
}

/** The file that is run as `interpreter`, undefined when there is none. */
export function findInterpreter(interpreter: string, { hostEnvironment }: RunnerSettings): string | undefined {
  return findOnPath(interpreter, hostEnvironment['PATH']);
}

/** The file that is run as `python`, undefined when there is none. */
export function findPython(settings: RunnerSettings): string | undefined {
  return findInterpreter(settings.python, settings);
}
