import { isJsonObject, type Json } from '../base/json.ts';

/** Whether the item under a name is secret; `above` are the names around it, outermost first. A position in a list is a name too. */
export type SecretNameRule = (name: string, above: readonly string[], item: Json) => boolean;

/** A text as it is, a number or truth value as JSON. */
export function scalarText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function addTextLeaves(value: Json, leaves: Set<string>): void {
  if (Array.isArray(value)) for (const item of value) addTextLeaves(item, leaves);
  else if (isJsonObject(value)) for (const name of Object.keys(value)) addTextLeaves(value[name] ?? null, leaves);
  else if (value !== null && typeof value !== 'boolean') leaves.add(scalarText(value));
}

/** The text of every string and number in a value, each once. */
export function textLeaves(value: Json): string[] {
  const leaves = new Set<string>();
  addTextLeaves(value, leaves);
  return [...leaves];
}

/** The text of every string and number under a secret name, each once. */
export function secretLeaves(value: Json, isSecretName: SecretNameRule, outer: readonly string[] = []): string[] {
  const leaves = new Set<string>();
  const above = [...outer];
  const look = (name: string, item: Json): void => {
    if (isSecretName(name, above, item)) {
      addTextLeaves(item, leaves);
    } else {
      above.push(name);
      lookInto(item);
      above.pop();
    }
  };
  const lookInto = (nested: Json): void => {
    if (Array.isArray(nested))
      nested.forEach((item, index) => {
        look(String(index), item);
      });
    else if (isJsonObject(nested)) for (const name of Object.keys(nested)) look(name, nested[name] ?? null);
  };
  lookInto(value);
  return [...leaves];
}
