import { plainValue } from '../conversion/plain-value.ts';
import type { ActiveStep } from '../engine/active-step.ts';
import type { Callable } from '../engine/callable.ts';
import { coerceValue } from '../engine/coerce-value.ts';
import { CommandError } from '../engine/command-error.ts';
import type { VerbHandler } from '../engine/verb-handler.ts';
import type { Parameter } from '../script/script.ts';
import { ScriptList } from '../values/script-list.ts';
import { Secret } from '../values/secret.ts';
import { typeNameOf, type Value } from '../values/value.ts';

/** `Return` and `Break`: with no value they give none. */
export const runReturn: VerbHandler = (active) => ({ kind: 'return', value: active.value('Value') });
export const runBreak: VerbHandler = (active) => ({ kind: 'break', value: active.value('Value') });

/**
 * `Function`: arguments by position; the function sees them, the parameters of the operation and globals. One of a library sees what its
 * caller sees, too. Source: specification b.3; of libraries the vendor's "caller-scope reads".
 */
export const runFunction: VerbHandler = async (active, inner) => {
  const callable = findFunction(active);
  const { block } = callable;
  const given = argumentsOf(active, callable);
  const frame = (callable.library === undefined ? active.run.operationFrame : active.frame).child();
  for (const [index, parameter] of block.parameters.entries()) {
    const value = bind(active, parameter, given[index] ?? null, block.name);
    if (value instanceof Secret) active.run.secrets.add(value);
    frame.declare(parameter.name, value);
  }
  active.noteGiven('Name', block.name);
  active.trace({ kind: 'call', text: block.name });
  const result = await inner.callFunction(active, callable, frame);
  active.run.enter(active);
  if (active.run.isTraced)
    active.trace({ kind: 'return', text: block.name, value: active.run.secrets.showJson(result) });
  active.setNamed('ResultVariable', result, active.flag('IsSecret', false));
  return undefined;
};

function findFunction(active: ActiveStep): Callable {
  const node = active.node('Name');
  const name = node?.kind === 'string' ? node.value : '';
  const callable = active.run.functions.get(name);
  if (callable === undefined) throw new CommandError('COMMAND_FAILED', `Function not found: ${name}`);
  if (callable.library !== undefined && callable.block.body === undefined)
    throw new CommandError('NOT_EMULATED', `${name} of import '${callable.library}' is not emulated`);
  return callable;
}

function argumentsOf(active: ActiveStep, { block, requiredCount }: Callable): Value[] {
  const list = active.value('Parameters');
  const given = list === null ? [] : list instanceof ScriptList ? list.items : [list];
  const most = block.parameters.length;
  if (given.length > most || given.length < requiredCount)
    throw new CommandError(
      'COMMAND_FAILED',
      `Function '${block.name}' expects ${most} parameters, but is being called with ${given.length}`,
    );
  return given;
}

function bind(
  active: ActiveStep,
  { name, type, isRequired, default: standard }: Parameter,
  given: Value,
  of: string,
): Value {
  const isMissing = plainValue(given) === null && !isRequired && standard !== undefined;
  const value = isMissing ? active.substitute(standard) : given;
  const coerced = type === undefined ? value : coerceValue(value, type);
  if (coerced !== undefined) return coerced;
  throw new CommandError(
    'ARGUMENT_TYPE',
    `Parameter ${name} of function '${of}' must be of type ${type ?? ''}, got ${typeNameOf(plainValue(value))}`,
  );
}
