import { isSecretCollection } from './bodies/collection-rules.ts';
import { hrefOf } from './change-entry.ts';
import type { Draft } from './draft.ts';
import { showBody, type ShowOptions } from './show-body.ts';
import type { StoredObject } from './stored-object.ts';

/** The value of a password or key in a change log. */
const hiddenSecret = { plain: '******' };

/** Adds an object that has been checked. */
export function addObject(draft: Draft, id: string, object: StoredObject, options: ShowOptions): void {
  draft.set(id, object);
  const value = isSecretCollection(id) ? hiddenSecret : showBody(id, object, options);
  draft.log.push({ type: 'create', path: hrefOf(id, object.key), new_value: value });
}
