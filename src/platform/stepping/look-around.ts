import type { Json } from '../../base/json.ts';
import { fromJson, type PlainJson } from '../conversion/from-json.ts';
import { plainValue } from '../conversion/plain-value.ts';
import type { ActiveCall } from '../engine/active-call.ts';
import type { ActiveStep } from '../engine/active-step.ts';
import { coerceValue } from '../engine/coerce-value.ts';
import { FrameScope } from '../engine/frame-scope.ts';
import { evaluate } from '../expression/evaluate.ts';
import { parseExpression } from '../expression/parse-expression.ts';
import type { Step } from '../script/script.ts';
import type { ParameterType } from '../tables/parameter-types.ts';
import { Budget } from '../values/budget.ts';
import { Double } from '../values/double.ts';
import { JsonArray, JsonObject } from '../values/json-token.ts';
import { ScriptError } from '../values/script-error.ts';
import { Secret } from '../values/secret.ts';
import { typeNameOf, type Value } from '../values/value.ts';

/** A value as it may be shown; secrets are masked. */
interface Shown {
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

/** Gives a variable the value of a text, read as the type that it has; the text of a new one as JSON, if it is some. */
export function setVariable({ frame, run }: ActiveStep, name: string, text: string): Shown | Refusal {
  const plainName = name.replace(/^global:/i, '');
  const before = frame.get(plainName);
  const type = before === undefined ? undefined : typeOf(before);
  const value = type === undefined ? readAny(text, before) : coerceValue(text, type);
  if (value === undefined || (value === null && type !== undefined)) {
    const typeName = typeNameOf(plainValue(before ?? null));
    return { code: 'PARAMETER_TYPE', message: `${plainName} is of type ${typeName}; the text does not read as one` };
  }
  const kept = before instanceof Secret ? Secret.of(value) : value;
  if (kept instanceof Secret) run.secrets.add(kept);
  if (plainName === name) frame.assign(name, kept);
  else run.globals.declare(plainName, kept);
  return { value: run.secrets.showJson(kept), notes: before === undefined ? ['a new variable'] : [] };
}

/** Undefined of what takes any text. */
function typeOf(value: Value): ParameterType | undefined {
  const plain = plainValue(value);
  if (typeof plain === 'boolean') return 'Boolean';
  if (typeof plain === 'number' || typeof plain === 'bigint') return 'Integer';
  if (plain instanceof Double) return 'Float';
  if (plain instanceof JsonObject) return 'Object';
  return plain instanceof JsonArray ? 'Array' : undefined;
}

function readAny(text: string, before: Value | undefined): Value {
  if (typeof plainValue(before ?? null) === 'string') return text;
  try {
    return fromJson(JSON.parse(text) as PlainJson);
  } catch {
    return text;
  }
}

/** Every variable that can be seen, the nearest first. */
export function listVariables({ frame, run }: ActiveStep): { name: string; value: Json }[] {
  const show = (value: Value): Json => {
    try {
      return run.secrets.showJson(value);
    } catch (error) {
      // A value that holds itself has no JSON.
      if (error instanceof ScriptError) return typeNameOf(value);
      throw error;
    }
  };
  return frame.names().map((name) => ({ name, value: show(frame.get(name) ?? null) }));
}

/** The functions around a step, innermost first: each with the step at which it is. */
export function listCalls({
  step,
  call,
}: Pick<ActiveStep, 'step' | 'call'>): { name: string; step: Step; library: string | undefined }[] {
  const calls = [];
  let at: { step: Step; call: ActiveCall } | undefined = { step, call };
  while (at !== undefined) {
    const { block, library } = at.call.callable;
    calls.push({ name: block.name, step: at.step, library });
    at = at.call.from;
  }
  return calls;
}
