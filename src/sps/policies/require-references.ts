import { bodyRuleOf, collectionRules } from './bodies/collection-rules.ts';
import { mayReferTo, type Reference, referencesOf } from './bodies/map-references.ts';
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
    if (!isThere(view, reference)) {
      throw new PolicyFault('SemanticError', `${path} refers to an object that does not exist`);
    }
    if (!isSecret) continue;
    const href = hrefOf(to, key);
    if (secrets.has(href) || (view.collection(to).get(key)?.owner ?? owner) !== owner) {
      throw new PolicyFault('SemanticError', `${path} refers to an object that is used already`);
    }
    secrets.add(href);
  }
}

function isThere(view: View, { to, key, isStub }: Reference): boolean {
  return view.collection(to).get(key) !== undefined || (isStub && isBuiltInKey(key));
}

/** The first object that refers to another one. */
export function findReferrer(view: View, to: string, key: string): { href: string; what: string } | undefined {
  const [found] = listReferrers(view, to, key);
  if (found === undefined) return undefined;
  const { id, object } = found;
  return { href: hrefOf(id, object.key), what: JSON.stringify(nameOfObject(object) ?? object.key) };
}

/** All objects that refer to another one. */
export function listReferrers(view: View, to: string, key: string): { id: string; object: StoredObject }[] {
  return collectionRules().flatMap(({ id, body: rule }) => {
    if (!mayReferTo(rule, to)) return [];
    const objects = [...view.collection(id).values()];
    const refers = ({ body }: StoredObject): boolean =>
      referencesOf(rule, body).some((each) => each.to === to && each.key === key);
    return objects.filter(refers).map((object) => ({ id, object }));
  });
}
