import type { SettingsProblem } from '../../documents/settings-problem.ts';

/** What the parts of the settings need to be loaded. */
export interface Loading {
  problems: SettingsProblem[];
  /** Text of a file, empty with a problem when it cannot be read. */
  readFile: (keys: SettingsProblem['keys'], file: string) => string;
  fail: (keys: SettingsProblem['keys'], what: string) => void;
}
