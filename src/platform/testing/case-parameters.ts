import type { Json } from '../../base/json.ts';
import { renderSuggestion } from '../../base/nearest-name.ts';
import type { ValueFault } from '../../base/problem.ts';
import { faultAt } from '../../targets/description/fault-at.ts';
import type { Values } from '../../targets/description/substitute.ts';
import { findParameter } from '../run/fill-parameters.ts';
import { operationsOf, type Script } from '../script/script.ts';
import { isSecretParameter } from '../tables/reserved-parameters.ts';

export type CaseParameters = Readonly<Record<string, Json>>;

/** Names that no operation of the script declares. @param keys That lead to them */
export function findUndeclared(keys: ValueFault['keys'], parameters: CaseParameters, script: Script): ValueFault[] {
  const declared = operationsOf(script).map((each) => each.parameters);
  const names = [...new Set(declared.flat().map(({ name }) => name))];
  return Object.keys(parameters)
    .filter((name) => declared.every((each) => findParameter(each, name) === undefined))
    .map((name) =>
      faultAt([...keys, name], `no operation of the script declares ${name}. ${renderSuggestion(name, names)}`),
    );
}

/** What the case gives over what it does not: names of parameters that SPP fills are the same in any case. */
export function withDefaults(
  given: CaseParameters,
  defaults: Readonly<Record<string, string | undefined>>,
): CaseParameters {
  const names = new Set(Object.keys(given).map((name) => name.toLowerCase()));
  const missing = Object.entries(defaults).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !names.has(entry[0].toLowerCase()),
  );
  return { ...Object.fromEntries(missing), ...given };
}

/** What `${Name}` stands for: a text is itself, anything else its JSON. */
export function valuesOf(parameters: CaseParameters): Values {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );
}

/** The texts of parameters that are secret in any operation. */
export function secretTextsOf(parameters: CaseParameters, script: Script): string[] {
  const declared = operationsOf(script).map((each) => each.parameters);
  const isSecret = (name: string): boolean =>
    declared.some((each) => {
      const found = findParameter(each, name);
      return found !== undefined && isSecretParameter(found.name, found.type);
    });
  return Object.entries(valuesOf(parameters)).flatMap(([name, value]) => (isSecret(name) ? [value] : []));
}
