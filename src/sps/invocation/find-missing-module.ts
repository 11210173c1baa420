import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { quoteWord } from '../../base/quote-word.ts';
import type { Plugin } from '../plugin/plugin.ts';
import { interpreterOf, type RunnerSettings } from './runner-settings.ts';
import { sdkOfEnvironment } from './sdk-of-environment.ts';

/** A module that an import asked for and that is missing. */
export interface MissingModule {
  /** Which interpreter or folder lacks which module. */
  message: string;
  /** The interpreter that lacks it. */
  runsOn?: string;
  /** How to install it: a command if there is one. */
  hint: string;
}

type Where = Pick<Plugin, 'language' | 'isLegacy' | 'root' | 'path'>;

/** Top-level names of what `python install` installs: the vendor's SDK and its dependencies, which the appliance has too. */
const sdkModules = new Set([
  ...['safeguard', 'requests', 'urllib3', 'charset_normalizer', 'idna', 'certifi', 'ldap', 'OpenSSL', 'cryptography'],
  ...['cffi', '_cffi_backend', 'pycparser', 'yaml', '_yaml', 'semantic_version', 'invoke'],
]);

/** Undefined when something else was raised. */
export function findMissingModule(
  raised: { exception: string; message: string },
  plugin: Where,
  settings: RunnerSettings,
): MissingModule | undefined {
  return plugin.language === 'python' ? findInPython(raised, plugin, settings) : findInNode(raised);
}

function findInPython(
  { exception, message }: { exception: string; message: string },
  plugin: Where,
  settings: RunnerSettings,
): MissingModule | undefined {
  const isImport = exception === 'ModuleNotFoundError' || (plugin.isLegacy === true && exception === 'ImportError');
  const [, name] = (isImport ? /^No module named '?([\w.]+)/ : /^$/).exec(message) ?? [];
  if (name === undefined) return undefined;
  const [top = name] = name.split('.');
  if (existsSync(path.join(plugin.root, top)) || existsSync(path.join(plugin.root, `${top}.py`))) {
    return {
      message: `the plugin's own ${top} has no module ${name}`,
      hint: `Look for ${name.replaceAll('.', '/')} in the folder of the plugin.`,
    };
  }
  const interpreter = interpreterOf(plugin, settings);
  // An environment of `python install` has everything that it installs.
  const isOfSdk = plugin.isLegacy !== true && sdkModules.has(top) && sdkOfEnvironment(interpreter) === undefined;
  if (isOfSdk) {
    return {
      message: `${interpreter} has no module ${name}, which comes with the vendor's SDK`,
      runsOn: interpreter,
      hint: installCommand(plugin.path),
    };
  }
  return {
    message: `${interpreter} has no module ${name}`,
    runsOn: interpreter,
    hint: adviseOn(top, plugin, interpreter),
  };
}

/** A package that is not of the SDK. The environment of `python install` is for all folders: nothing of one plugin is put into it. */
function adviseOn(top: string, plugin: Where, interpreter: string): string {
  const source = requirementsOf(plugin.root);
  const isWritten = isNamedIn(path.join(plugin.root, source), top);
  const sdk = sdkOfEnvironment(interpreter);
  const isUsersOwn = sdk === undefined && existsSync(path.join(path.dirname(interpreter), '../pyvenv.cfg'));
  if (plugin.isLegacy !== true && !isUsersOwn && (isWritten || sdk !== undefined)) {
    const release = sdk === undefined ? '' : ` --sdk ${sdk}`;
    const folder = path.resolve(plugin.path) === path.resolve('.') ? '' : ` -p ${quoteWord(plugin.path)}`;
    const install = `plugin-host python install${release} --requirements${folder}`;
    return isWritten ? install : `Write ${top} into ${source}, so that pack includes it; then: ${install}`;
  }
  const install = `${quoteWord(interpreter)} -m pip install ${top}`;
  return isWritten ? install : `${install}, and write ${top} into ${source} so that pack includes it.`;
}

/** Whether a file of requirements names a package; most are called as their modules. */
function isNamedIn(file: string, module: string): boolean {
  if (!existsSync(file)) return false;
  const normalize = (name: string): string => name.toLowerCase().replaceAll('_', '-').replaceAll('.', '-');
  const entries = readFileSync(file, 'utf8').split(/[\n[,]/);
  return entries.some((each) => normalize(/^\s*["']?([\w.-]+)/.exec(each)?.[1] ?? '') === normalize(module));
}

function findInNode({ message }: { message: string }): MissingModule | undefined {
  const [, name = ''] = /^Cannot find (?:package|module) '([^']+)'/.exec(message) ?? [];
  const [package_] = /^(?:@[\w.-]+\/)?[\w][\w.-]*/.exec(name) ?? [];
  if (package_ === undefined) return undefined; // a file of the plugin, which the message names
  return {
    message: `node_modules of the plugin has no package ${package_}`,
    hint: `npm install ${package_} in the folder of the plugin: it writes it into package.json, so that pack includes it.`,
  };
}

/** Installs where the plugin's calls look: beside its project file, else in the current folder. @param given As the user gave it */
function installCommand(given: string): string {
  const folder = path.resolve(given);
  const hasOwnState = folder !== path.resolve('.') && existsSync(path.join(folder, 'plugin-host.yaml'));
  return `plugin-host python install${hasOwnState ? ` -p ${quoteWord(given)}` : ''}`;
}

/** The file in which `pack` looks for dependencies: the first of these that exists. */
function requirementsOf(root: string): string {
  const isThere = (name: string): boolean => existsSync(path.join(root, name));
  if (isThere('Pipfile') || isThere('Pipfile.lock')) return 'Pipfile';
  return isThere('pyproject.toml') && !isThere('requirements.txt') ? 'pyproject.toml' : 'requirements.txt';
}
