import type { JsonObject } from '../../base/json.ts';
import { bodyRuleOf, isSecretCollection } from './bodies/collection-rules.ts';
import { mapReferences } from './bodies/map-references.ts';
import { referenceTo } from './change-entry.ts';
import type { StoredObject } from './stored-object.ts';

/** What a plugin shows besides its texts. */
export interface ShowOptions {
  /** The limits of the product version, which older releases do not show. */
  hasVersionLimits: boolean;
}

/** The body of an object as a GET shows it: references as objects, no secret. */
export function showBody(id: string, { key, body }: StoredObject, { hasVersionLimits }: ShowOptions): JsonObject {
  if (isSecretCollection(id)) return {};
  if (id.startsWith('plugins/')) return showPlugin(id, body, hasVersionLimits);
  const rule = bodyRuleOf(id, key);
  if (rule === undefined) return body;
  return mapReferences(rule, body, ({ to }, value) => (typeof value === 'string' ? referenceTo(to, value) : value));
}

function showPlugin(id: string, body: JsonObject, hasVersionLimits: boolean): JsonObject {
  const { name = '', description = '', version = '', api = '' } = body;
  const type = id.slice('plugins/'.length);
  const path = `/opt/scb/var/plugins/${type}/${typeof name === 'string' ? name : ''}`;
  const limits = { scb_min_version: body['scb_min_version'] ?? '', scb_max_version: body['scb_max_version'] ?? '' };
  return { name, description, version, path, api, ...(hasVersionLimits ? limits : {}) };
}
