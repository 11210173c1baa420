import { isJsonObject } from '../../base/json.ts';
import { type Option, readOptions } from '../plugin/read-options.ts';
import { credentialStoresId } from './bodies/collection-rules.ts';
import type { KnownNames } from './change-options.ts';
import type { View } from './configuration.ts';
import type { StoredObject } from './stored-object.ts';

const localStore = (object: StoredObject): boolean =>
  isJsonObject(object.body['type']) && object.body['type']['selection'] === 'local';

interface Place {
  section: RegExp;
  collection: string;
  what: string;
  isFit?: (object: StoredObject) => boolean;
}

/** Sections whose `name` names an object of the appliance. Source: Plugin SDK 1.6.0, services. */
const places: readonly Place[] = [
  { section: /^credential_store$/, collection: credentialStoresId, what: 'local credential store', isFit: localStore },
  { section: /^user_list$|source=user_list$/, collection: 'policies/userlists', what: 'user list' },
  { section: /^ldap_server$/, collection: 'policies/ldap_servers', what: 'LDAP server' },
];

/** What a configuration text names and the configuration lacks, in words. A plugin refers by names, so no reference is broken. */
export function findUnresolvedNames(view: View, configuration: string, known: KnownNames): string[] {
  return readOptions(configuration).flatMap((option) => {
    const { section, name, value } = option;
    const found = placeOf(option);
    if (found === undefined) return [];
    const { collection, named, what, isFit } = found;
    const key = view.collection(collection).keyOfName(named);
    const object = key === undefined ? undefined : view.collection(collection).get(key);
    const isCommitted = object !== undefined && isFit?.(object) !== false;
    const isThere = isCommitted || known[collection]?.includes(named) === true;
    return isThere ? [] : [`[${section}] ${name} names ${JSON.stringify(value)}, but there is no such ${what}`];
  });
}

function placeOf({ section, name, value }: Option): (Omit<Place, 'section'> & { named: string }) | undefined {
  const [, list] = /^\$\[(.+)\]$/.exec(value) ?? [];
  if (list !== undefined) return { collection: 'policies/trusted_ca_lists', what: 'trusted CA list', named: list };
  if (name !== 'name' || value === '') return undefined;
  const place = places.find((each) => each.section.test(section));
  return place && { ...place, named: value };
}
