import { createPrivateKey } from 'node:crypto';
import { isJsonObject, type Json, type JsonObject } from '../../../base/json.ts';
import type { Services } from '../../surroundings/services.ts';
import { credentialStoresId } from '../bodies/collection-rules.ts';
import type { Configuration } from '../configuration.ts';
import { nameOfObject } from '../stored-object.ts';

type StoredCredentials = NonNullable<Services['credentialStores']>[string][number];
type KeyType = NonNullable<StoredCredentials['privateKeys']>[number]['type'];

/** What committed policies provide to plugins, as plugin-host.yaml would write it. */
export function servicesOf(configuration: Configuration): Services {
  const bodiesOf = (id: string): [name: string, body: JsonObject][] =>
    Array.from(configuration.collection(id).values(), (object) => [nameOfObject(object) ?? object.key, object.body]);
  const isLocal = ([, { type }]: [string, JsonObject]): boolean => isJsonObject(type) && type['selection'] === 'local';
  return {
    credentialStores: fromEntries(
      bodiesOf(credentialStoresId)
        .filter(isLocal)
        .map(([name, body]) => [name, localCredentials(configuration, body)]),
    ),
    userLists: fromEntries(
      bodiesOf('policies/userlists').map(([name, { allow, except }]) => [
        name,
        { default: allow === 'all_users' ? 'all' : 'none', except: textsOf(except) },
      ]),
    ),
    ldapServers: fromEntries(
      bodiesOf('policies/ldap_servers').flatMap(([name, body]) => {
        const { x_emulation: directory } = body;
        return isJsonObject(directory) ? [[name, directory]] : [];
      }),
    ),
    trustedCaLists: fromEntries(
      bodiesOf('policies/trusted_ca_lists').map(([name, { authorities, strict_hostname_check: isStrict }]) => [
        name,
        {
          certs: listOf(authorities).map(({ certificate }) => ({ pem: textOf(certificate) })),
          strictHostcheck: isStrict === true,
        },
      ]),
    ),
  };
}

/** The entries of a local credential store with their passwords and keys. */
export function localCredentials(configuration: Configuration, body: JsonObject): StoredCredentials[] {
  const type = isJsonObject(body['type']) ? body['type'] : {};
  const plain = (collection: string, key: Json | undefined): string =>
    textOf(configuration.collection(collection).get(textOf(key))?.body['plain']);
  return listOf(type['entries']).map(({ host, user, passwords, private_keys: keys, certificates }) => ({
    host: textOf(host),
    user: textOf(user),
    passwords: textsOf(passwords).map((key) => plain('passwords', key)),
    privateKeys: textsOf(keys).map((key) => toKey(plain('private_keys', key))),
    certificates: listOf(certificates).map((each) => ({
      cert: textOf(each['certificate']),
      key: plain('private_keys', each['private_key']),
    })),
  }));
}

const keyTypes: Record<string, KeyType> = { rsa: 'ssh-rsa', dsa: 'ssh-dss', ec: 'ecdsa-sha2-nistp256' };

function toKey(pem: string): { type: KeyType; key: string } {
  try {
    return { type: keyTypes[createPrivateKey(pem).asymmetricKeyType ?? ''] ?? 'ssh-rsa', key: pem };
  } catch {
    return { type: 'ssh-rsa', key: pem }; // in a form of its own, such as that of OpenSSH
  }
}

/** A name such as `__proto__` is a name like any other. */
function fromEntries<T>(entries: readonly (readonly [string, T])[]): Record<string, T> {
  return Object.fromEntries(entries);
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

function textsOf(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.map(textOf) : [];
}

function listOf(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
