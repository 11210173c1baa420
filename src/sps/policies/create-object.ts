import type { Json, JsonObject } from '../../base/json.ts';
import { addObject } from './add-object.ts';
import { checkBody } from './bodies/check-body.ts';
import { bodyRuleOf, credentialStoresId, instancesId } from './bodies/collection-rules.ts';
import { isBuiltInKey } from './built-in-objects.ts';
import { hrefOf } from './change-entry.ts';
import type { ChangeOptions } from './change-options.ts';
import type { Collection } from './collection.ts';
import type { Draft } from './draft.ts';
import { makeSecrets } from './make-secrets.ts';
import { PolicyFault } from './policy-fault.ts';
import { findReferrer, requireReferences } from './require-references.ts';
import { showBody, type ShowOptions } from './show-body.ts';
import { nameOfObject, type StoredObject } from './stored-object.ts';

/** Creates an object, and gives its key. @throws PolicyFault SyntacticError, SemanticError */
export function createObject(draft: Draft, id: string, given: JsonObject, options: ChangeOptions): string {
  const key = options.newKey();
  addObject(draft, id, prepare(draft, id, key, given, options), options);
  return key;
}

/** Replaces the whole body of an object. @throws PolicyFault NotFound, SyntacticError, SemanticError */
export function replaceObject(draft: Draft, id: string, key: string, given: JsonObject, options: ChangeOptions): void {
  const former = requireObject(draft.collection(id), key);
  if (bodyRuleOf(id, key) === undefined) throw builtIn(id, key);
  const next = { ...prepare(draft, id, key, given, options), createdMs: former.createdMs };
  draft.set(id, next);
  draft.log.push({
    type: 'replace',
    path: hrefOf(id, key),
    old_value: showBody(id, former, options),
    new_value: showBody(id, next, options),
  });
}

/** @throws PolicyFault NotFound; SemanticError when it is built in, or something refers to it */
export function removeObject(draft: Draft, id: string, key: string, options: ShowOptions): void {
  const former = requireObject(draft.collection(id), key);
  if (isBuiltInKey(key)) throw builtIn(id, key);
  const referrer = findReferrer(draft, id, key);
  if (referrer !== undefined) {
    throw new PolicyFault('SemanticError', `The object is used by ${referrer.what}`, { resource: referrer.href });
  }
  draft.delete(id, key);
  draft.log.push({ type: 'delete', path: hrefOf(id, key), old_value: showBody(id, former, options) });
}

/** @throws PolicyFault SyntacticError when it is not a list of all keys */
export function reorderObjects(draft: Draft, id: string, order: Json | undefined): void {
  const collection = draft.collection(id);
  const keys = Array.isArray(order) ? order.filter((key) => typeof key === 'string') : undefined;
  const isWhole =
    keys?.length === collection.size &&
    keys.length === (order as Json[]).length &&
    new Set(keys).size === keys.length &&
    keys.every((key) => collection.get(key) !== undefined);
  if (!isWhole) {
    const problems = [{ path: 'order', message: 'expected the keys of all objects, each once' }];
    throw new PolicyFault('SyntacticError', 'The order is not a list of all keys', { problems });
  }
  const former = [...collection.keys];
  draft.reorder(id, keys);
  draft.log.push({ type: 'reorder', path: `${hrefOf(id)}/@order`, old_order: former, new_order: keys });
}

export function requireObject(collection: Collection, key: string): StoredObject {
  const object = collection.get(key);
  if (object === undefined) throw new PolicyFault('NotFound', 'There is no such object');
  return object;
}

function builtIn(id: string, key: string): PolicyFault {
  return new PolicyFault('SemanticError', 'A built-in object cannot be changed or deleted', {
    resource: hrefOf(id, key),
  });
}

function prepare(draft: Draft, id: string, key: string, given: JsonObject, options: ChangeOptions): StoredObject {
  const rule = bodyRuleOf(id, key);
  if (rule === undefined) throw new Error(`no rule for ${id}`);
  const { body, problems, unknown } = checkBody(rule, given, options);
  if (problems.length > 0) {
    const [first] = problems;
    const what = first === undefined ? '' : `: ${first.path === '' ? '' : `${first.path} `}${first.message}`;
    throw new PolicyFault('SyntacticError', `The body is not valid${what}`, { problems: problems as unknown as Json });
  }
  const object = { key, body: withConfiguration(draft, id, body), createdMs: options.nowMs(), changed: 0 };
  requireUniqueName(draft, id, object);
  requireReferences(draft, id, object);
  const place = hrefOf(id, key);
  const whole = { ...object, body: makeSecrets(draft, { rule, body: object.body, owner: place }, options) };
  for (const path of unknown) {
    const fate = options.dropUnknownMembers ? 'left out' : 'kept; SPS drops it';
    options.warn('MEMBER_UNKNOWN', `${path} is no member that is known, and is ${fate}`, place);
  }
  return whole;
}

function requireUniqueName(draft: Draft, id: string, object: StoredObject): void {
  const name = nameOfObject(object);
  if (name === undefined) return;
  const other = draft.collection(id).keyOfName(name);
  if (other === undefined || other === object.key) return;
  throw new PolicyFault('SemanticError', 'Another object of the collection has the same name', {
    object: hrefOf(id, other),
  });
}

/** A missing configuration is the example of the plugin's package. */
function withConfiguration(draft: Draft, id: string, body: JsonObject): JsonObject {
  if (id === instancesId) return configured(draft, 'plugins/aa', body);
  const { type } = body;
  if (id !== credentialStoresId || (type as JsonObject)['selection'] !== 'external_plugin') return body;
  return { ...body, type: configured(draft, 'plugins/credentialstore', type as JsonObject) };
}

function configured(draft: Draft, plugins: string, settings: JsonObject): JsonObject {
  if (settings['configuration'] !== undefined) return settings;
  const { plugin } = settings;
  const found = typeof plugin === 'string' ? draft.collection(plugins).get(plugin) : undefined;
  return { ...settings, configuration: found?.package?.defaultConfiguration ?? '' };
}
