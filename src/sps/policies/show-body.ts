import type { JsonObject } from '../../base/json.ts';
import { bodyRuleOf, isSecretCollection } from './bodies/collection-rules.ts';
import { mapReferences } from './bodies/map-references.ts';
import { referenceTo } from './change-entry.ts';
import { nameOfObject, type StoredObject } from './stored-object.ts';

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

/** Where the appliance stores plugins. */
export const pluginsFolder = '/opt/scb/var/plugins';

/** Where the appliance would store a plugin. */
export function pathOfPlugin(type: string, object: Pick<StoredObject, 'body'>): string {
  return `${pluginsFolder}/${type}/${nameOfObject(object) ?? ''}`;
}

function showPlugin(id: string, body: JsonObject, hasVersionLimits: boolean): JsonObject {
  const { name = '', description = '', version = '', api = '' } = body;
  const path = pathOfPlugin(id.slice('plugins/'.length), { body });
  const limits = { scb_min_version: body['scb_min_version'] ?? '', scb_max_version: body['scb_max_version'] ?? '' };
  return { name, description, version, path, api, ...(hasVersionLimits ? limits : {}) };
}
