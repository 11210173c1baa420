import { toJson } from '../../../src/platform/conversion/to-json.ts';
import { evaluate } from '../../../src/platform/expression/evaluate.ts';
import { parseExpression } from '../../../src/platform/expression/parse-expression.ts';
import { Budget } from '../../../src/platform/values/budget.ts';
import { ScriptError } from '../../../src/platform/values/script-error.ts';
import type { Value } from '../../../src/platform/values/value.ts';

/** What an expression gives, and what it told on the way. */
interface Run {
  value: Value;
  notes: string[];
  variables: Map<string, Value>;
}

export function runExpression(text: string, given: Record<string, Value> = {}, budget = new Budget()): Run {
  const variables = new Map(Object.entries(given));
  const notes: string[] = [];
  const scope = {
    read: (name: string): Value | undefined => variables.get(name),
    has: (name: string): boolean => variables.has(name),
    assign: (name: string, value: Value): void => {
      if (!variables.has(name)) throw new ScriptError('VARIABLE_MISSING', `Key "${name}" was not found`);
      variables.set(name, value);
    },
    note: (note: string): void => {
      notes.push(note);
    },
  };
  return { value: evaluate(parseExpression(text), scope, budget), notes, variables };
}

/** Its value as JSON, or the code of its failure and the message. */
export function resultOf(text: string, given: Record<string, Value> = {}): string {
  try {
    return toJson(runExpression(text, given).value);
  } catch (error) {
    if (error instanceof ScriptError) return `${error.code}: ${error.message}`;
    throw error;
  }
}
