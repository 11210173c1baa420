import type { JsonObject } from '../../base/json.ts';
import { addObject } from './add-object.ts';
import { hrefOf } from './change-entry.ts';
import type { ChangeOptions } from './change-options.ts';
import type { Draft } from './draft.ts';
import { showBody } from './show-body.ts';
import { nameOfObject, type PackageFacts, type StoredObject } from './stored-object.ts';

/** A plugin that may be stored. */
export interface UploadedPlugin {
  type: string;
  /** What its MANIFEST says. */
  body: JsonObject;
  package: PackageFacts;
  bytes: Uint8Array;
}

/** Stages a plugin; one of the same type and name keeps its key, so that references stay valid. Gives the key. */
export function storePlugin(draft: Draft, plugin: UploadedPlugin, options: ChangeOptions): StoredObject {
  const id = `plugins/${plugin.type}`;
  const { body, package: packed, bytes } = plugin;
  const collection = draft.collection(id);
  const key = collection.keyOfName(nameOfObject(plugin) ?? '');
  const former = key === undefined ? undefined : collection.get(key);
  draft.addPackage(packed.digest, bytes);
  const common = { body, changed: 0, package: packed };
  if (former === undefined) {
    const made = { key: options.newKey(), createdMs: options.nowMs(), ...common };
    addObject(draft, id, made, options);
    return made;
  }
  const next = { key: former.key, createdMs: former.createdMs, ...common };
  draft.set(id, next);
  draft.log.push({
    type: 'replace',
    path: hrefOf(id, former.key),
    old_value: showBody(id, former, options),
    new_value: showBody(id, next, options),
  });
  return next;
}
