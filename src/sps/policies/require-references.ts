import { bodyRuleOf, collectionRules, isSecretCollection } from './bodies/collection-rules.ts';
import { type Reference, referencesOf } from './bodies/map-references.ts';
import { isBuiltInKey } from './built-in-objects.ts';
import { hrefOf } from './change-entry.ts';
import type { View } from './configuration.ts';
import { PolicyFault } from './policy-fault.ts';
import { nameOfObject, type StoredObject } from './stored-object.ts';

/**
 * What an object refers to has to be there. A password or a private key belongs to one object for good.
 * @throws PolicyFault SemanticError
 */
export function requireReferences(view: View, id: string, object: StoredObject): void {
  const rule = bodyRuleOf(id, object.key);
  if (rule === undefined) return;
  const owner = hrefOf(id, object.key);
  const secrets = new Set<string>();
  for (const reference of referencesOf(rule, object.body)) {
    const { path, to, key, isSecret } = reference;
    const resource = hrefOf(to, key);
    if (!isThere(view, reference)) {
      throw new PolicyFault('SemanticError', `${path} refers to an object that does not exist`, { resource });
    }
    if (!isSecret) continue;
    if (secrets.has(resource) || (view.collection(to).get(key)?.owner ?? owner) !== owner) {
      throw new PolicyFault('SemanticError', `${path} refers to an object that is used already`, { resource });
    }
    secrets.add(resource);
  }
}

function isThere(view: View, { to, key, isStub }: Reference): boolean {
  return view.collection(to).get(key) !== undefined || (isStub && isBuiltInKey(key));
}

/** The first object that refers to another one. */
export function findReferrer(view: View, to: string, key: string): { href: string; what: string } | undefined {
  for (const { id, body: rule } of collectionRules()) {
    if (id.startsWith('plugins/') || isSecretCollection(id)) continue;
    for (const object of view.collection(id).values()) {
      const found = referencesOf(rule, object.body).some((each) => each.to === to && each.key === key);
      if (found) return { href: hrefOf(id, object.key), what: JSON.stringify(nameOfObject(object) ?? object.key) };
    }
  }
  return undefined;
}
