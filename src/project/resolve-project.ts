import path from 'node:path';
import { type Limits, parseBytes } from '../process/limits.ts';
import { requireTrustedState } from '../state/make-state-folder.ts';
import { ownCompileCache } from '../state/own-compile-cache.ts';
import { choosePython } from './choose-python.ts';
import { chooseState } from './choose-state.ts';
import type { LimitSettings } from './common-schema.ts';
import { findBehindShim } from './find-behind-shim.ts';
import { findProjectFile } from './find-project-file.ts';
import type { ProjectFile, ProjectPart } from './read-project-file.ts';
import { requireName } from './require-name.ts';

/** What the caller chose; everything else comes from the project file, the environment and the defaults. */
export interface ProjectOptions {
  hostConfig?: string | undefined;
  stateDir?: string | undefined;
  python?: string | undefined;
  environment: Readonly<Record<string, string | undefined>>;
  currentFolder: string;
}

/** How plugins of any system are run here. */
export interface Project<T> {
  /** Undefined when there is none. */
  file: string | undefined;
  /** Absolute; what the file names is relative to it. */
  folder: string;
  stateDir: string;
  /** See `StatePlace`. */
  stateUrl: string | undefined;
  runner: {
    /** Interpreter for Python plugins: a path, or a name to be found on PATH. */
    python: string;
    /** Node for TypeScript plugins. */
    node: string;
    /** Where Node keeps what it compiled of them, undefined: nowhere. */
    compileCache: string | undefined;
    /** The user's environment, of which little is passed on. */
    hostEnvironment: Readonly<Record<string, string | undefined>>;
    /** Added to it for a plugin. */
    environment: Readonly<Record<string, string>>;
    limits: Limits;
  };
  /** What the file says to the system that asked; undefined when there is no file, or no system asked. */
  part: T | undefined;
}

/**
 * Puts together flags, plugin-host.yaml, the environment and the defaults.
 * @param loadPart Gives the reader of a system's keys; asked only when there is a file
 * @throws PluginHostError FILE_NOT_FOUND, HOST_CONFIG_INVALID, STATE_UNTRUSTED, USAGE
 */
export async function resolveProject<T>(
  pluginPath: string,
  options: ProjectOptions,
  loadPart?: () => Promise<ProjectPart<T>>,
): Promise<Project<T>> {
  const { currentFolder, environment, stateDir: givenState, python } = options;
  const { file, folder } = findProjectFile(pluginPath, options);
  const { common, part } =
    file === undefined
      ? { common: {}, part: undefined }
      : await readProject(path.resolve(currentFolder, file), await loadPart?.());
  requireName('state folder', givenState);
  const { stateDir, stateUrl } = chooseState(options, folder);
  requireTrustedState(stateDir);
  return {
    file,
    folder,
    stateDir,
    stateUrl,
    runner: {
      python: findBehindShim(
        choosePython({ given: python, own: common.python, currentFolder, projectFolder: folder, stateDir }),
        environment,
        currentFolder,
      ),
      node: process.execPath,
      compileCache: ownCompileCache(),
      hostEnvironment: environment,
      environment: common.environment ?? {},
      limits: readLimits(common.limits),
    },
    part,
  };
}

async function readProject<T>(file: string, part: ProjectPart<T> | undefined): Promise<ProjectFile<T>> {
  const { readProjectFile } = await import('./read-project-file.ts'); // with its YAML parser, only where there is a file
  return readProjectFile(file, part);
}

/** Validated with the project file. */
function readLimits({ memory, processes, openFiles, fileSize }: LimitSettings = {}): Limits {
  const read = (text: string | number | undefined): number | undefined =>
    text === undefined ? undefined : parseBytes(String(text));
  return { memoryBytes: read(memory), processes, openFiles, fileSizeBytes: read(fileSize) };
}
