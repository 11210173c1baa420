import { hrefOf } from './change-entry.ts';
import type { Collection } from './collection.ts';
import { Configuration } from './configuration.ts';
import type { Draft } from './draft.ts';
import { PolicyFault } from './policy-fault.ts';
import { requireReferences } from './require-references.ts';
import { nameOfObject, type StoredObject } from './stored-object.ts';

/** What a commit changes, in the order of the changes. */
export interface CommitPlan {
  /** What is committed afterwards. */
  next: Configuration;
  /** Undefined: the object is gone. */
  writes: { collection: string; key: string; object: StoredObject | undefined }[];
  /** Collections whose order changes, with all keys. */
  orders: { collection: string; keys: readonly string[] }[];
}

/**
 * Puts the changes of a draft on top of what is committed now, and checks the whole once more.
 * @throws PolicyFault Conflict when another commit changed one of the same objects, SemanticError
 */
export function commitDraft(draft: Draft, latest: Configuration): CommitPlan {
  const number = latest.number + 1;
  const isAlone = latest.number === draft.base.number;
  if (!isAlone) refuseConflicts(draft, latest);
  const collections = new Map(latest.collections);
  const writes: CommitPlan['writes'] = [];
  for (const [id, keys] of draft.touched) {
    const collection = latest.collection(id).copy();
    collections.set(id, collection);
    for (const key of keys) {
      const changed = draft.collection(id).get(key);
      const object = changed && { ...changed, changed: number };
      if (object === undefined) collection.delete(key);
      else collection.set(object);
      writes.push({ collection: id, key, object });
    }
  }
  const orders: CommitPlan['orders'] = [];
  for (const id of draft.reordered) {
    const collection = collections.get(id)?.copy() ?? latest.collection(id).copy();
    collections.set(id, collection);
    const keys = draft.collection(id).keys.filter((key) => collection.get(key) !== undefined);
    collection.reorder(keys);
    orders.push({ collection: id, keys });
  }
  const next = new Configuration(number, collections);
  if (!isAlone) requireSound(draft, next);
  return { next, writes, orders };
}

function refuseConflicts({ base, touched, reordered }: Draft, latest: Configuration): void {
  for (const [id, keys] of touched) {
    for (const key of keys) {
      const [before, now] = [base.collection(id).get(key), latest.collection(id).get(key)];
      if (before?.changed !== now?.changed) throw conflict(hrefOf(id, key));
    }
  }
  for (const id of reordered) {
    if (!hasSameOrder(base.collection(id), latest.collection(id))) throw conflict(`${hrefOf(id)}/@order`);
  }
}

function conflict(object: string): PolicyFault {
  return new PolicyFault('Conflict', 'Another commit has changed the same object', { object });
}

function hasSameOrder(one: Collection, other: Collection): boolean {
  return one.size === other.size && one.keys.every((key, place) => other.keys[place] === key);
}

/** Two transactions can be sound each and not together. */
function requireSound({ touched }: Draft, next: Configuration): void {
  for (const id of touched.keys()) {
    const keys = new Map<string, string>();
    for (const object of next.collection(id).values()) {
      const name = nameOfObject(object);
      const other = name === undefined ? undefined : keys.get(name);
      if (other !== undefined) {
        throw new PolicyFault('SemanticError', 'Two objects of the collection have the same name', {
          object: hrefOf(id, other),
        });
      }
      if (name !== undefined) keys.set(name, object.key);
    }
  }
  for (const [id, collection] of next.collections) {
    for (const object of collection.values()) requireReferences(next, id, object);
  }
}
