import type { Problem } from '../../base/problem.ts';
import type { PluginType } from './find-hook.ts';

export type Language = 'python' | 'typescript';

/** A plugin that can be called. */
export interface Plugin {
  name: string;
  version: string;
  type: PluginType;
  /** API it asks for, `major.minor`. */
  api: string;
  language: Language;
  /** As the user gave it. */
  path: string;
  /** Absolute folder with the entry point. */
  root: string;
  /** File name in the root. */
  entryPoint: string;
  /** It names no entry point, so it is written for Python 2. */
  isLegacy?: true;
  /** Warnings about its package, and what was forced. */
  warnings: Problem[];
}
