import type { RunnerSettings } from '../invocation/runner-settings.ts';
import type { Plugin } from '../plugin/plugin.ts';

/** A plugin whose processes keep what they reach. */
export interface RecordedPlugin {
  plugin: Plugin;
  settings: RunnerSettings;
  /** Where they keep it, absolute. */
  folder: string;
}

/** What was found of a plugin. */
export interface Measured {
  files: MeasuredSource[];
  /** What could not be measured, and what to do about it. */
  warnings: string[];
}

export interface MeasuredSource {
  /** Relative to the plugin's root. */
  name: string;
  /** On which something can be run, from 1, in order. */
  lines: number[];
  covered: Set<number>;
}
