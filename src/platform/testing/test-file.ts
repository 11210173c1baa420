import type { Json } from '../../base/json.ts';
import type { TargetDescription, TextMatcher } from '../../targets/description/target-description.ts';

/** A `*.platform-test.yaml` as it is written. Source: platform contract §7. */
export interface TestFile {
  /** Relative to the file. */
  script: string;
  /** By name, for every case. */
  parameters?: Record<string, Json>;
  /** Stand-ins that a recording made for what the script marks as secret; a target names them as it names parameters. */
  recorded?: Record<string, string>;
  target?: TargetDescription;
  targets?: TargetDescription[];
  /** Whether `Wait` takes its time. */
  realTime?: boolean;
  cases: TestCaseEntry[];
}

/** One operation, or several (`steps`) on the same targets. */
export interface TestCaseEntry extends Partial<TestStepEntry> {
  name: string;
  /** Laid over those of the file. */
  target?: TargetDescription;
  targets?: TargetDescription[];
  realTime?: boolean;
  skip?: boolean;
  steps?: TestStepEntry[];
}

export interface TestStepEntry {
  operation: string;
  parameters?: Record<string, Json>;
  expect?: Expectation;
}

type ExpectedRecords = Partial<Record<'accounts' | 'services' | 'sshKeys' | 'assets', Json[]>>;

/** What must hold of a run, and of what its targets were asked. */
export interface Expectation {
  /** Default: success. */
  outcome?: string;
  value?: Json;
  taskStatus?: TextMatcher;
  /** Of the message, or of code and message. */
  error?: TextMatcher | { code?: TextMatcher; message?: TextMatcher };
  response?: Json;
  /** Names or mappings: some of those that were sent, in order. */
  status?: Json[];
  /** Of all lines together. */
  log?: TextMatcher;
  records?: ExpectedRecords;
  /** Whole, and in order. */
  requests?: { [name: string]: Json }[];
  commands?: Json[];
  withinMs?: number;
  /** Codes. */
  problems?: string[];
}
