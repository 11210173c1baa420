import type { PluginHostError } from '../../base/plugin-host-error.ts';
import type { TargetDescription } from '../../targets/description/target-description.ts';
import type { LoadedScript } from '../run/load-script.ts';
import type { CaseParameters } from './case-parameters.ts';
import type { Expectation } from './test-file.ts';

export type Keys = readonly (string | number)[];

/** A test file with what it names. */
export interface LoadedTest {
  /** As messages name it. */
  file: string;
  /** Absolute; files of targets are relative to it. */
  folder: string;
  /** As messages name it. */
  scriptFile: string;
  /** Absolute. */
  scriptPath: string;
  /** Or why it cannot be run. */
  script: LoadedScript | PluginHostError;
  /** Texts that are secret in any of the cases. */
  secrets: readonly string[];
  cases: readonly LoadedCase[];
  /** Line, from 1, of what keys lead to. */
  lineOf: (keys: Keys) => number;
}

export interface LoadedCase {
  name: string;
  keys: Keys;
  isSkipped: boolean;
  /** Whether `Wait` takes its time. */
  isRealTime: boolean;
  /** Whole, but for what `${Name}` stands for. */
  targets: readonly TargetDescription[];
  /** Stand-ins of a recording. */
  recorded: Readonly<Record<string, string>>;
  /** Of the file and the case: what the targets may name. */
  parameters: CaseParameters;
  /** At least one. */
  steps: readonly LoadedStep[];
}

export interface LoadedStep {
  keys: Keys;
  operation: string;
  /** With those of the file and the case. */
  parameters: CaseParameters;
  expect: Expectation;
}
