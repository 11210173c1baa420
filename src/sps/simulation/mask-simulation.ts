import type { Json } from '../../base/json.ts';
import type { Mismatch } from '../../testing/compare-value.ts';
import { maskMismatch } from '../../testing/mask-mismatch.ts';
import { maskRecord } from '../call/mask-record.ts';
import { createPluginMasker } from '../plugin/plugin-secrets.ts';
import { maskAnswer, maskQuestion } from '../store/shown-step.ts';
import type { SimulationResult } from './simulate.ts';
import type { Simulation } from './simulation.ts';

/** A simulation as it may be shown: what became known in a later step is masked in the earlier ones too. */
export function maskSimulation({
  simulation,
  played,
  secrets,
}: Pick<SimulationResult, 'simulation' | 'played' | 'secrets'>): Simulation {
  const masker = createPluginMasker(secrets.values, secrets.names);
  const json = <T>(value: T): T => masker.json(value as Json) as T;
  return {
    ...simulation,
    gatewayUser: json(simulation.gatewayUser),
    gatewayGroups: json(simulation.gatewayGroups),
    steps: played.map(({ step, logLines }) => {
      const { question, answer } = step;
      const masked = { ...step, ...maskRecord(step, secrets, logLines) };
      if (question === null) return masked;
      return {
        ...masked,
        question: maskQuestion(question, masked),
        answer: answer === null ? null : maskAnswer(answer, question, secrets),
      };
    }),
    cookies: json(simulation.cookies),
    sessionCookie: json(simulation.sessionCookie),
    problems: simulation.problems.map((problem) => ({
      ...problem,
      message: masker.text(problem.message),
      hint: masker.text(problem.hint),
    })),
  };
}

/** What is not as expected, as it may be shown. */
export function maskMismatches({
  mismatches = [],
  secrets,
}: Pick<SimulationResult, 'mismatches' | 'secrets'>): Mismatch[] {
  const masker = createPluginMasker(secrets.values, secrets.names);
  // The keys are those of a scenario, whatever is secret.
  return mismatches.map((each) => ({ ...maskMismatch(each, masker), keys: each.keys }));
}
