import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Language } from '../plugin/plugin.ts';

export interface RunnerSettings {
  /** Interpreter for Python plugins: a path, or a name to be found on PATH. */
  python: string;
  /** Node for TypeScript plugins. */
  node: string;
  /** Where Node keeps what it compiled of TypeScript plugins, undefined: nowhere. */
  compileCache: string | undefined;
  /** The user's environment, of which a child gets PATH, HOME, LANG and TZ. */
  hostEnvironment: Readonly<Record<string, string | undefined>>;
  /** Added to it; `environment:` of the project file. */
  environment: Readonly<Record<string, string>>;
}

const shim = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** The child's command: a fresh interpreter with the shim of its language. */
export function childCommand(language: Language, { python, node }: RunnerSettings): [string, ...string[]] {
  switch (language) {
    case 'python':
      // Unbuffered, so that both streams are logged in the order in which they were written, also by a killed plugin.
      return [python, '-u', shim('python-shim.py')];
    case 'typescript':
      // A plugin folder needs no package.json; Node would comment on that in every log.
      return [node, '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', shim('module-shim.mjs')];
  }
}

/** Source: product contract, project file: nothing else of the user's environment reaches a plugin. */
const passedOn = ['PATH', 'HOME', 'LANG', 'TZ'];

export function childEnvironment({ hostEnvironment, environment }: RunnerSettings): Record<string, string> {
  const passed = passedOn.flatMap((name): [string, string][] => {
    const value = hostEnvironment[name];
    return value === undefined ? [] : [[name, value]];
  });
  return { ...Object.fromEntries(passed), PYTHONDONTWRITEBYTECODE: '1', ...environment };
}

/** The file that is run as `python`, undefined when there is none. */
export function findPython({ python, hostEnvironment }: RunnerSettings): string | undefined {
  const folders = python.includes('/') ? [''] : (hostEnvironment['PATH'] ?? '').split(path.delimiter);
  return folders.map((folder) => path.join(folder, python)).find((file) => existsSync(file));
}
