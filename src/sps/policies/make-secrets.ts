import { isJsonObject, type JsonObject } from '../../base/json.ts';
import { addObject } from './add-object.ts';
import type { ObjectRule } from './bodies/body-rule.ts';
import { mapReferences } from './bodies/map-references.ts';
import type { ChangeOptions } from './change-options.ts';
import type { Draft } from './draft.ts';

/**
 * A checked body in which each `{"plain": …}` has become an object of its own.
 * @param owner Address of the object that has the body; from now on its passwords and keys belong to it
 */
export function makeSecrets(
  draft: Draft,
  { rule, body, owner }: { rule: ObjectRule; body: JsonObject; owner: string },
  options: ChangeOptions,
): JsonObject {
  return mapReferences(rule, body, ({ kind, to }, value) => {
    if (kind !== 'secret') return value;
    if (isJsonObject(value)) {
      const key = options.newKey();
      addObject(draft, to, { key, body: value, owner, createdMs: options.nowMs(), changed: 0 }, options);
      return key;
    }
    const secret = typeof value === 'string' ? draft.collection(to).get(value) : undefined;
    if (secret !== undefined && secret.owner === undefined) draft.set(to, { ...secret, owner });
    return value;
  });
}
