import type { Extra } from './extra.ts';
import type { PythonFacts, Surroundings } from './python-facts.ts';
import type { UvSettings } from './uv-settings.ts';

export interface InstallOptions {
  /** Whose plugins need it. */
  stateDir: string;
  /** Its plugins run on it from then on. */
  isChosen: boolean;
  /** Such as 1.9.1; default: the newest. */
  sdk?: string | undefined;
  extras: readonly Extra[];
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
