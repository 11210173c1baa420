export { checkScript } from './platform/check/check-script.ts';
export type { CheckOptions, ScriptReport } from './platform/check/check-script.ts';
export type { FeatureFlags } from './platform/analysis/feature-flags.ts';
export type { Level, Problem } from './base/problem.ts';
