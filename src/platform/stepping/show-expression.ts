import type { Json } from '../../base/json.ts';
import type { ActiveStep } from '../engine/active-step.ts';
import { FrameScope } from '../engine/frame-scope.ts';
import { evaluate } from '../expression/evaluate.ts';
import { parseExpression } from '../expression/parse-expression.ts';
import { Budget } from '../values/budget.ts';
import { ScriptError } from '../values/script-error.ts';
import { Secret } from '../values/secret.ts';

/** A value as it may be shown; secrets are masked. */
export interface Shown {
  value: Json;
  /** What the appliance may see in another way. */
  notes: string[];
}

/** What is wrong with what was typed. */
export interface Refusal {
  code: string;
  message: string;
}

/** What is typed at a stop must not take longer. */
const longestMs = 2000;

/** The value of an expression at a stop: it can do what an expression of the step could, with a budget of its own. */
export function showExpression({ frame, run }: ActiveStep, text: string): Shown | Refusal {
  const notes: string[] = [];
  const endsAt = run.settings.now() + longestMs;
  const interrupt = (): void => {
    if (run.settings.now() > endsAt) throw new ScriptError('BUDGET_EXCEEDED', 'limit of the host: it takes too long');
  };
  const scope = new FrameScope(frame, (_code, message) => notes.push(message));
  try {
    const value = evaluate(parseExpression(text), scope, new Budget({}, { interrupt }));
    if (value instanceof Secret) run.secrets.add(value);
    return { value: run.secrets.showJson(value), notes };
  } catch (error) {
    if (error instanceof ScriptError) return { code: error.code, message: run.secrets.mask(error.message) };
    throw error;
  }
}
