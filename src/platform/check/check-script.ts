import { hasError, type Problem } from '../../base/problem.ts';
import { CallGraph } from '../analysis/call-graph.ts';
import { type FeatureFlags, findFeatureFlags } from '../analysis/feature-flags.ts';
import { type Uses, usesOf } from '../analysis/uses-of.ts';
import { walkSteps } from '../analysis/walk-steps.ts';
import type { LineIndex } from '../script/line-index.ts';
import { readScript } from '../script/read-script.ts';
import { functionsOf, operationsOf, type Script, type Step } from '../script/script.ts';
import { checkCalls } from './check-calls.ts';
import { checkConnections } from './check-connections.ts';
import { checkExpressions } from './check-expressions.ts';
import { checkFlow } from './check-flow.ts';
import { checkOperations } from './check-operations.ts';
import { checkParameters } from './check-parameters.ts';
import { checkPatterns } from './check-patterns.ts';
import { checkPayloads } from './check-payloads.ts';
import { checkSecrets } from './check-secrets.ts';
import { checkStatus } from './check-status.ts';
import { checkStructure } from './check-structure.ts';
import { checkTexts } from './check-texts.ts';
import { checkVariables } from './check-variables.ts';
import type { Checked, Rule } from './checked.ts';
import type { Finding } from './finding.ts';
import { levelOf } from './level-of.ts';

/** What is wrong with a script, and what it offers as far as it can be read. */
export interface ScriptReport {
  file: string | null;
  /** No problem of level `error`. */
  ok: boolean;
  id: string | null;
  operations: string[];
  functions: string[];
  featureFlags: FeatureFlags;
  /** In the order of the text. */
  problems: Problem[];
}

export interface CheckOptions {
  /** As problems name it. */
  file?: string;
  /** Warnings count as errors. */
  strict?: boolean;
}

const rules: readonly Rule[] = [
  checkStructure,
  checkParameters,
  checkPayloads,
  checkFlow,
  checkCalls,
  checkOperations,
  checkVariables,
  checkExpressions,
  checkPatterns,
  checkTexts,
  checkStatus,
  checkConnections,
  checkSecrets,
];

/** Checks the text of a script by all rules at once. Never throws, whatever the text is. */
export function checkScript(text: string, { file, strict = false }: CheckOptions = {}): ScriptReport {
  const { script, lines, faults } = readScript(text);
  const findings = [...faults, ...(script === undefined ? [] : runRules(script))];
  const problems = inOrder(findings).map((finding) => toProblem(finding, lines, file));
  return {
    file: file ?? null,
    ok: strict ? !problems.some(({ level }) => level !== 'info') : !hasError(problems),
    id: script?.id ?? null,
    operations: script === undefined ? [] : operationsOf(script).map(({ name }) => name),
    functions: script === undefined ? [] : functionsOf(script).map(({ name }) => name),
    featureFlags: script === undefined ? { documented: [], engine: [] } : findFeatureFlags(script),
    problems,
  };
}

function runRules(script: Script): Finding[] {
  const known = new Map<Step, Uses>();
  const usesOfStep = (step: Step): Uses => {
    const uses = known.get(step) ?? usesOf(step);
    known.set(step, uses);
    return uses;
  };
  const steps = script.blocks.flatMap((block) =>
    [...walkSteps(block.body)].map((step) => ({ step, block, uses: usesOfStep(step) })),
  );
  const checked: Checked = { script, graph: new CallGraph(script), steps, usesOf: usesOfStep };
  return rules.flatMap((rule) => [...rule(checked)]);
}

/** Each once: a text may hold the same fault twice. */
function inOrder(findings: readonly Finding[]): Finding[] {
  const told = new Map(findings.map((each) => [`${each.offset} ${each.code} ${each.message}`, each]));
  return [...told.values()].toSorted((one, other) => one.offset - other.offset || (one.code < other.code ? -1 : 1));
}

function toProblem({ code, level, message, hint, offset, path }: Finding, lines: LineIndex, file?: string): Problem {
  return { level: level ?? levelOf(code), code, message, hint, file: file ?? null, ...lines.placeOf(offset), path };
}
