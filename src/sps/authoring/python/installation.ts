import type { Extra } from './extra.ts';
import type { PythonFacts, Surroundings } from './python-facts.ts';
import type { UvSettings } from './uv-settings.ts';

/** Packages of a plugin's own, besides the SDK. */
export interface Requirements {
  /** The file that names them, as people know it. */
  source: string;
  /** Absolute; what it names by a relative path is beside it. Null: only its text is there. */
  file: string | null;
  /** Text of a requirements file. */
  text: string;
  /** It names everything that is needed. */
  isLocked: boolean;
}

export interface InstallOptions {
  /** Whose plugins need it. */
  stateDir: string;
  /** Its plugins run on it from then on. */
  isChosen: boolean;
  /** Such as 1.9.1; default: the newest. */
  sdk?: string | undefined;
  extras: readonly Extra[];
  /** Are installed too, into an environment that only those who need the same packages share. */
  requirements?: Requirements | undefined;
  /** Interpreter to make the environment with: a path, or a name on PATH. */
  base: string;
  /** The user's environment: what pip needs of it is passed on. */
  hostEnvironment: Readonly<Record<string, string | undefined>>;
  /** Added to it, as for a plugin. */
  environment: Readonly<Record<string, string>>;
  currentFolder: string;
  onStep: (text: string) => void;
  signal?: AbortSignal | undefined;
}

/** What an installation knows before it begins. */
export interface Installation {
  options: InstallOptions;
  /** Folder of environments. */
  root: string;
  /** Of the interpreter to make it with. */
  facts: PythonFacts;
  uv: UvSettings | undefined;
  surroundings: Surroundings;
}
