import type { Json, JsonObject } from '../../../base/json.ts';
import { hrefOf } from '../change-entry.ts';
import type { Collection } from '../collection.ts';
import type { Endpoint } from './create-endpoint-tree.ts';

export const configurationHref = '/api/configuration';
const transaction = '/api/transaction';

/** `href` and `parent` of a path. */
export function plainMeta(path: string): JsonObject {
  const at = path.lastIndexOf('/');
  return { href: path, parent: at <= 0 ? null : path.slice(0, at) };
}

/** Where a fixed endpoint is among its siblings. @param tree All endpoints @param id Empty: `/api/configuration` itself */
export function endpointMeta(tree: ReadonlyMap<string, Endpoint>, id: string): JsonObject {
  const href = id === '' ? configurationHref : hrefOf(id);
  const parent = id === '' ? undefined : tree.get(id.includes('/') ? id.slice(0, id.lastIndexOf('/')) : '');
  if (parent === undefined) {
    return { href, parent: null, first: href, last: href, next: null, previous: null, transaction };
  }
  const above = parent.id === '' ? configurationHref : hrefOf(parent.id);
  const { chain } = parent;
  const place = chain.indexOf(id.slice(id.lastIndexOf('/') + 1));
  const at = (index: number): Json => {
    const name = place < 0 ? undefined : chain[index];
    return name === undefined ? null : `${above}/${name}`;
  };
  return {
    href,
    parent: above,
    first: `${above}/${chain[0] ?? ''}`,
    last: `${above}/${chain.at(-1) ?? ''}`,
    next: at(place + 1),
    previous: at(place - 1),
    transaction,
    ...(id.endsWith('/connections') ? { order: `${href}/@order` } : {}),
  };
}

/** Where an object is among those of its collection. */
export function objectMeta(id: string, key: string, collection: Collection): JsonObject {
  const { keys } = collection;
  const place = collection.placeOf(key) ?? -1;
  const at = (each: string | undefined): Json => (each === undefined ? null : hrefOf(id, each));
  return {
    href: hrefOf(id, key),
    parent: hrefOf(id),
    first: at(keys[0]),
    last: at(keys.at(-1)),
    next: at(keys[place + 1]),
    previous: at(place > 0 ? keys[place - 1] : undefined),
    transaction,
  };
}

/** Of an answer that created or replaced an object: nothing more is added to it. */
export function changedMeta(id: string, key: string): JsonObject {
  return { href: hrefOf(id, key), parent: hrefOf(id), transaction };
}
