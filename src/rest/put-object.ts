import type { Json } from '../base/json.ts';
import { managementId } from '../sps/policies/bodies/collection-rules.ts';
import { hrefOf } from '../sps/policies/change-entry.ts';
import {
  createObject,
  removeObject,
  reorderObjects,
  replaceObject,
  requireObject,
} from '../sps/policies/create-object.ts';
import type { Endpoint } from '../sps/policies/links/create-endpoint-tree.ts';
import { changedMeta, objectMeta } from '../sps/policies/links/endpoint-meta.ts';
import type { Answer, AuthenticatedCall } from './call.ts';
import { readAnyJson, readJsonBody } from './read-json-body.ts';
import { keyOf } from './show-object.ts';
import { requireTransaction, stage, viewOf } from './stage.ts';

/** @throws RestFault SyntacticError; PolicyFault NoTransaction, SyntacticError, SemanticError */
export function postObject(call: AuthenticatedCall, { id }: Endpoint): Answer {
  requireTransaction(call.state, call.session);
  const given = readJsonBody(call.requestBody);
  const key = stage(call, (draft) => createObject(draft, id, given, call.state.changes));
  return { body: { key, meta: changedMeta(id, key) }, isBare: true };
}

/** @throws RestFault SyntacticError; PolicyFault NoTransaction, NotFound, SyntacticError, SemanticError */
export function putObject(call: AuthenticatedCall, { id }: Endpoint): Answer {
  const { key, state } = call;
  requireTransaction(state, call.session);
  requireObject(viewOf(call).collection(id), key);
  const given = readJsonBody(call.requestBody);
  stage(call, (draft) => {
    replaceObject(draft, id, key, given, state.changes);
  });
  return { body: { key, meta: changedMeta(id, key) }, isBare: true };
}

/** @throws PolicyFault NoTransaction, NotFound, SemanticError */
export function deleteObject(call: AuthenticatedCall, { id }: Endpoint): Answer {
  const { key, state } = call;
  requireTransaction(state, call.session);
  const collection = viewOf(call).collection(id);
  requireObject(collection, key);
  const isPlugin = id.startsWith('plugins/');
  const meta = isPlugin ? { href: hrefOf(id, key), parent: hrefOf(id) } : objectMeta(id, key, collection);
  stage(call, (draft) => {
    removeObject(draft, id, key, state.changes);
  });
  return { body: { meta }, isBare: isPlugin };
}

/** @throws RestFault SyntacticError; PolicyFault NoTransaction, SyntacticError */
export function putSingle(call: AuthenticatedCall, { id }: Endpoint): Answer {
  return putObject({ ...call, key: keyOf(id) }, { id: managementId, kind: 'single', items: [], chain: [] });
}

/** A mapping with `order`, or the list itself. @throws RestFault SyntacticError; PolicyFault NoTransaction, SyntacticError */
export function putOrder(call: AuthenticatedCall, { id }: Endpoint): Answer {
  requireTransaction(call.state, call.session);
  const given = readAnyJson(call.requestBody);
  const order = Array.isArray(given) ? given : readJsonBody(call.requestBody)['order'];
  stage(call, (draft) => {
    reorderObjects(draft, id, order === undefined ? undefined : keysOf(order));
  });
  const href = `${hrefOf(id)}/@order`;
  return { body: { meta: { href, parent: hrefOf(id), transaction: '/api/transaction' } }, isBare: true };
}

/** Keys may be written as references too. */
function keysOf(order: Json): Json {
  if (!Array.isArray(order)) return order;
  return order.map((each) =>
    typeof each === 'object' && each !== null && !Array.isArray(each) ? (each['key'] ?? null) : each,
  );
}
