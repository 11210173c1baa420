export { checkScript } from './platform/check/check-script.ts';
export type { CheckOptions, ScriptReport } from './platform/check/check-script.ts';
export { openScript } from './platform/run/open-script.ts';
export type { OpenScript, ScriptRunOptions } from './platform/run/open-script.ts';
export type { RunError, RunResult } from './platform/run/run-result.ts';
export type { TraceEvent } from './platform/engine/trace-event.ts';
export type { FeatureFlags } from './platform/analysis/feature-flags.ts';
export type { Level, Problem } from './base/problem.ts';
