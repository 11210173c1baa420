import type { JsonObject } from '../base/json.ts';
import { managementId } from '../sps/policies/bodies/collection-rules.ts';
import { hrefOf } from '../sps/policies/change-entry.ts';
import { requireObject } from '../sps/policies/create-object.ts';
import type { Endpoint } from '../sps/policies/links/create-endpoint-tree.ts';
import { endpointMeta, objectMeta } from '../sps/policies/links/endpoint-meta.ts';
import { showBody } from '../sps/policies/show-body.ts';
import type { StoredObject } from '../sps/policies/stored-object.ts';
import type { Answer, AuthenticatedCall } from './call.ts';
import { viewOf } from './stage.ts';

/** The names of its children. */
export function listEndpoints({ state }: AuthenticatedCall, { id, items }: Endpoint): Answer {
  const listed = items.map((name) => ({ key: name, meta: { href: hrefOf(id === '' ? name : `${id}/${name}`) } }));
  return { body: { items: listed, meta: endpointMeta(state.tree, id) } };
}

/** Its objects; `current` shows their bodies too. */
export function listObjects(call: AuthenticatedCall, { id }: Endpoint): Answer {
  const { state } = call;
  const hasBodies = state.profile.compat === 'current';
  const items = Array.from(viewOf(call).collection(id).values(), (object): JsonObject => {
    const item = { key: object.key, meta: { href: hrefOf(id, object.key) } };
    return hasBodies ? { ...item, body: show(call, id, object) } : item;
  });
  return { body: { items, meta: endpointMeta(state.tree, id) } };
}

/** @throws PolicyFault NotFound */
export function showObject(call: AuthenticatedCall, { id }: Endpoint): Answer {
  const collection = viewOf(call).collection(id);
  const object = requireObject(collection, call.key);
  return { body: { key: object.key, body: show(call, id, object), meta: objectMeta(id, object.key, collection) } };
}

/** An object at a fixed path. */
export function showSingle(call: AuthenticatedCall, { id }: Endpoint): Answer {
  const key = keyOf(id);
  const object = requireObject(viewOf(call).collection(managementId), key);
  return { body: { key, body: show(call, managementId, object), meta: endpointMeta(call.state.tree, id) } };
}

/** The order of a collection in which it matters. */
export function showOrder(call: AuthenticatedCall, { id }: Endpoint): Answer {
  const href = `${hrefOf(id)}/@order`;
  return {
    body: {
      order: [...viewOf(call).collection(id).keys],
      meta: { href, parent: hrefOf(id), transaction: '/api/transaction' },
    },
  };
}

/** The last part of an id. */
export function keyOf(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}

function show({ state }: AuthenticatedCall, id: string, object: StoredObject): JsonObject {
  return showBody(id, object, state.changes);
}
