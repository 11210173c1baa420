import { type Json, type JsonObject } from '../../base/json.ts';
import { privateKeyBlocks } from '../../secrets/private-key-blocks.ts';
import { secretLeaves, textLeaves } from '../../secrets/secret-leaves.ts';
import { type RedisAddress, redisAddressOf } from '../../state/redis-address.ts';
import { loadCredentials, type LoadedCredentials } from './load-credentials.ts';
import { loadTrustedCaLists, type LoadedCaList } from './load-trusted-ca-lists.ts';
import type { Loading } from './loading.ts';
import type { BoxSettings, Services, UserListPolicy } from './services.ts';

/**
 * Services as a plugin's process gets them: in the shapes of the vendor's SDK, where it has one. Contains only what was given.
 * Source: SDK 1.9.1, stand-ins of its back end.
 */
export interface LoadedServices {
  credentialStores?: Record<string, LoadedCredentials>;
  userLists?: Record<string, { allow: 'all_users' | 'no_user'; except: string[] }>;
  ldapServers?: JsonObject;
  trustedCaLists?: Record<string, LoadedCaList>;
  box?: { gateway_fqdn: string | null; starling_join_credential_string: string | null; http_proxy: JsonObject | null };
  /** Answers by path without the leading `/`, beginning with `api/`. */
  rest?: Record<string, Json>;
  /** JSON file with more of them. */
  restFile?: string;
  hosts?: Record<string, string[]>;
  memoryCache?: RedisAddress | 'embedded';
}

const defaultProxyPort = 3128;

export function loadServices(services: Services, loading: Loading): { loaded: LoadedServices; secrets: string[] } {
  const { credentialStores, userLists, ldapServers, trustedCaLists, box, rest, hosts, memoryCache } = services;
  const loaded: LoadedServices = {
    ...(credentialStores && { credentialStores: loadCredentials(credentialStores, loading) }),
    ...(userLists && { userLists: mapValues(userLists, toUserList) }),
    ...(ldapServers && { ldapServers: ldapServers as unknown as JsonObject }),
    ...(trustedCaLists && { trustedCaLists: loadTrustedCaLists(trustedCaLists, loading) }),
    ...(box && { box: toBox(box) }),
    ...(rest && { rest: loadAnswers(rest, loading) }),
    ...(hosts && { hosts: mapValues(hosts, (names) => [names].flat()) }),
    ...(memoryCache !== undefined && { memoryCache: readMemoryCache(memoryCache, loading) }),
  };
  return { loaded, secrets: collectSecrets(loaded) };
}

function mapValues<T, U>(values: Record<string, T>, change: (value: T, name: string) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value, name)]));
}

function toUserList({ default: whom, except = [] }: UserListPolicy): {
  allow: 'all_users' | 'no_user';
  except: string[];
} {
  return { allow: whom === 'all' ? 'all_users' : 'no_user', except };
}

function toBox({
  gatewayFqdn = null,
  httpProxy = null,
  starlingJoin = null,
}: BoxSettings): NonNullable<LoadedServices['box']> {
  return {
    gateway_fqdn: gatewayFqdn,
    starling_join_credential_string: starlingJoin,
    http_proxy: httpProxy && {
      enabled: httpProxy.enabled ?? true,
      server: { selection: 'fqdn', value: httpProxy.server },
      port: httpProxy.port ?? defaultProxyPort,
      authentication:
        httpProxy.username === undefined
          ? { selection: 'disabled' }
          : { selection: 'password', username: httpProxy.username, password: httpProxy.password ?? '' },
    },
  };
}

function loadAnswers(rest: Record<string, Json>, { fail }: Loading): Record<string, Json> {
  const answers = new Map<string, Json>();
  for (const [where, answer] of Object.entries(rest)) {
    const steps = where.split('/').filter((step) => step !== '');
    const key = [...(steps[0] === 'api' ? [] : ['api']), ...steps].join('/');
    if (answers.has(key)) fail(['services', 'rest', where], 'the same path occurs twice');
    try {
      answers.set(key, JSON.parse(JSON.stringify(answer)) as Json);
    } catch {
      fail(['services', 'rest', where], 'the answer contains itself');
    }
  }
  return Object.fromEntries(answers);
}

function readMemoryCache(text: string, { fail }: Loading): NonNullable<LoadedServices['memoryCache']> {
  if (text === 'embedded') return text;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const [, database] = /^\/?(\d*)$/.exec(url?.pathname ?? '-') ?? [];
  if (url?.protocol !== 'redis:' || url.hostname === '' || database === undefined) {
    // Not the text itself: it may contain a password.
    fail(['services', 'memoryCache'], 'expected embedded or redis://[user:password@]host[:port][/db]');
    return 'embedded';
  }
  return redisAddressOf(url);
}

/** By their place; private keys wherever they are. Source: product contract, what is a secret. */
function collectSecrets(loaded: LoadedServices): string[] {
  const values = loaded as unknown as JsonObject;
  const named = secretLeaves(values, (name, above) => {
    if (name === 'starling_join_credential_string') return true;
    if (above[0] === 'credentialStores') return name === ['passwords', '', 'key'][above.length - 4];
    return /(?:password|passphrase|secret|token|private_?key|psk)$/i.test(name);
  });
  return [...new Set([...named, ...textLeaves(values).flatMap(privateKeyBlocks)])].filter((text) => text !== '');
}
