import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { childEnvironment, type EnvironmentSettings } from '../../process/child-environment.ts';
import { findOnPath, isExecutable } from '../../process/find-on-path.ts';

export interface ProgramSettings extends EnvironmentSettings {
  /** Commands by extension, as `.pl` → `perl`; the product's setting PLUGIN PROGRAM. */
  interpreters: ReadonlyMap<string, string>;
  /** What runs `.py`: a path, or a name on PATH. */
  python: string;
  currentFolder: string;
}

/** How a plugin is started. */
export interface Program {
  command: readonly [string, ...string[]];
  /** The folder of the plugin. */
  cwd: string;
  env: Readonly<Record<string, string>>;
}

/** Python writes at once and in UTF-8, and nothing beside the plugin. */
const defaults = { PYTHONIOENCODING: 'utf-8', PYTHONUNBUFFERED: '1', PYTHONDONTWRITEBYTECODE: '1' };

/**
 * The command that runs a plugin: an executable by itself, `.py` by Python, others by the interpreter of their extension, which
 * gets the script and no further argument. Source: Configuring plugin behavior, Specifying a program to run plugins.
 * @throws PluginHostError FILE_NOT_FOUND, INTERPRETER_MISSING
 */
export function findProgram(plugin: string, settings: ProgramSettings): Program {
  const file = path.resolve(settings.currentFolder, plugin);
  if (!existsSync(file) || !statSync(file).isFile()) {
    throw new PluginHostError('FILE_NOT_FOUND', `${plugin}: there is no such file`, {
      hint: 'Name the plugin itself: a script or an executable.',
    });
  }
  return {
    command: commandFor(file, plugin, settings),
    cwd: path.dirname(file),
    env: childEnvironment(settings, defaults),
  };
}

function commandFor(file: string, plugin: string, settings: ProgramSettings): readonly [string, ...string[]] {
  const extension = path.extname(file).toLowerCase();
  const given = settings.interpreters.get(extension);
  if (given !== undefined) {
    const [name = '', ...words] = splitWords(given);
    return [locate(name, extension, settings), ...words, file];
  }
  if (extension === '.py') return [locate(settings.python, extension, settings), file];
  if (extension === '.psl' || extension === '.pss') {
    throw new PluginHostError('INTERPRETER_MISSING', `${plugin}: PSLang scripts need the vendor's interpreter`, {
      hint: `Where you have one, name its command: --interpreter ${extension}=COMMAND. It is run as COMMAND SCRIPT.`,
    });
  }
  if (isExecutable(file)) return [file];
  const name = extension === '' ? 'a file without extension' : `a ${extension} file`;
  throw new PluginHostError(
    'INTERPRETER_MISSING',
    `${plugin}: ${name} that is not executable, and no interpreter is set for it`,
    {
      hint:
        extension === ''
          ? `Make it executable (chmod +x ${plugin}).`
          : `Name what runs it, as --interpreter ${extension}=COMMAND, or make it executable (chmod +x ${plugin}).`,
    },
  );
}

/** A name without a folder is looked for on PATH. */
function locate(
  name: string,
  extension: string,
  { hostEnvironment, environment, currentFolder }: ProgramSettings,
): string {
  const found = findOnPath(name, environment['PATH'] ?? hostEnvironment['PATH'], currentFolder);
  if (found !== undefined) return found;
  throw new PluginHostError(
    'INTERPRETER_MISSING',
    `${name}: no such program, but it is set to run ${extension} files`,
    {
      hint: name.includes('/') ? 'Correct the path.' : 'Install it, or give its path.',
    },
  );
}

/** Splits a command at blanks; double quotes keep a word with blanks together. There is no shell. */
function splitWords(command: string): string[] {
  return Array.from(command.matchAll(/(?:"[^"]*"|[^\s"])+/g), ([word]) => word.replaceAll('"', ''));
}

/** `.ext=COMMAND`; the dot may be missing. @throws PluginHostError USAGE */
export function readInterpreters(pairs: readonly string[]): Map<string, string> {
  return new Map(
    pairs.map((pair): [string, string] => {
      const [, name, command] = /^\.?([^.=\s/]+)=(.*)$/s.exec(pair) ?? [];
      if (name !== undefined && command !== undefined && command.trim() !== '')
        return [`.${name.toLowerCase()}`, command];
      throw new PluginHostError('USAGE', `--interpreter ${pair}: expected .EXT=COMMAND`, {
        hint: 'Write it as --interpreter .pl=perl.',
      });
    }),
  );
}
