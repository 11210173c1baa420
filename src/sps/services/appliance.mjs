/** What the appliance provides, for the constructor of a TypeScript plugin: `Appliance` of plugin.ts. Its parts are loaded when they are needed. */

// Taken before the plugin is loaded, because the plugin may replace them.
const { hasOwn, entries } = Object;
const { isArray } = Array;
const { parse, stringify } = JSON;
const toBuffer = Buffer.from.bind(Buffer);
const uncurry = Function.prototype.bind.bind(Function.prototype.call);
const includes = uncurry(Array.prototype.includes);
const filter = uncurry(Array.prototype.filter);
const map = uncurry(Array.prototype.map);
const flatMap = uncurry(Array.prototype.flatMap);
const copy = uncurry(Array.prototype.slice);
const join = uncurry(Array.prototype.join);
const split = uncurry(String.prototype.split);
const startsWith = uncurry(String.prototype.startsWith);
const toLowerCase = uncurry(String.prototype.toLowerCase);
const match = uncurry(RegExp.prototype.exec);
const utf8 = new TextDecoder('utf-8', { fatal: true });
const decode = utf8.decode.bind(utf8);

/** Modules of Node, loaded when they are used: importing them takes longer than everything else here. */
const node = (name) => process.getBuiltinModule(`node:${name}`);

/** A part, loaded synchronously. */
const load = (name) => node('module').createRequire(import.meta.url)(name);

/** Named as the exceptions of the vendor's SDK. */
class ServiceError extends Error {
  constructor(name, message) {
    super(message);
    this.name = name;
  }
}

const restErrors = {
  401: ['Unauthenticated', 'There is no valid session'],
  403: ['Unauthorized', 'The session lacks the privilege'],
  404: ['NotFound', 'The resource was not found'],
  500: ['InternalError', 'An unexpected error occurred'],
};

export function createAppliance({ services, files, faults, memoryCache, backends }, tell) {
  if (Object.keys(files).length > 0) load('./file-overlay.mjs').overlayFiles(files);
  if (faults.clockMs) load('./clock-shift.mjs').shiftClock(faults.clockMs);
  if (backends !== undefined) load('./backends.mjs').turnConnections(backends, tell);
  const { box = {} } = services;
  const { http_proxy: proxy } = box;
  return {
    credentialStore: (name) => createCredentialStore(name, find(services.credentialStores, name)),
    userList: (name) =>
      createUserList(name, isOut(faults.userLists, name) ? undefined : find(services.userLists, name)),
    ldapServer: (name) => createLdapServer(name, find(services.ldapServers, name), isOut(faults.ldapServers, name)),
    trustedCaList(name) {
      const list = find(services.trustedCaLists, name);
      return list && { certs: list.certs, crls: list.crls, strictHostcheck: list.config.strict_hostcheck };
    },
    box: {
      gatewayFqdn: box.gateway_fqdn ?? null,
      starlingJoin: box.starling_join_credential_string ?? null,
      httpProxy: proxy?.enabled
        ? {
            server: proxy.server.value,
            port: proxy.port,
            username: proxy.authentication.username ?? null,
            password: proxy.authentication.password ?? null,
          }
        : null,
    },
    query: createQuery(services, faults.rest),
    memoryCache: (prefix = '', ttlSeconds = 0) =>
      createMemoryCache(prefix, ttlSeconds, memoryCache, faults.memoryCache),
    resolveHosts: (ip) => resolveHosts(ip, services.hosts),
    stateDirectory: process.env.SCB_PLUGIN_STATE_DIRECTORY,
    ephemeralStateDirectory: process.env.EPHEMERAL_PLUGIN_STATE_DIRECTORY,
    lock,
  };
}

/** The user chooses the names: `constructor` may be one. */
function find(values, name) {
  return values !== undefined && hasOwn(values, name) ? values[name] : undefined;
}

function isOut(names, name) {
  return names === true || includes(names ?? [], name);
}

function createCredentialStore(name, store) {
  if (store === undefined)
    throw new ServiceError('LocalCredentialStoreNotFound', `there is no local credential store ${name}`);
  const credentialsOf = (host, user) => find(find(store, user), host) ?? { passwords: [], keys: [] };
  const keysOf = (host, user, isX509) =>
    map(
      filter(credentialsOf(host, user).keys, ({ type }) => startsWith(type, 'x509v3-') === isX509),
      (key) => ({ ...key }),
    );
  return {
    getPasswords: (host, user) => copy(credentialsOf(host, user).passwords),
    getPrivateKeys: (host, user) => keysOf(host, user, false),
    getCertificates: (host, user) => keysOf(host, user, true),
  };
}

function createUserList(name, list) {
  if (list === undefined) throw new ServiceError('LocalUserListNotFound', `there is no user list ${name}`);
  return { includes: (user) => includes(list.except, user) === (list.allow === 'no_user') };
}

function createLdapServer(name, server, isDown) {
  const fail = (what) => {
    throw new ServiceError('LDAPOperationError', `LDAP server ${name}: ${what}`);
  };
  const userOf = (user) => {
    if (isDown) fail('does not answer');
    if (server === undefined) fail('there is no such policy');
    if (server.users === undefined) fail('there are no users');
    const found = find(server.users, user);
    if (found === undefined)
      throw new ServiceError('LDAPUserNotFound', `LDAP server ${name}: there is no user ${user}`);
    return found;
  };
  const toText = (value) => {
    if (typeof value !== 'object') return String(value);
    try {
      return decode(toBuffer(value.base64, 'base64'));
    } catch {
      return fail('the attribute is not text in UTF-8');
    }
  };
  return {
    async getUserAttribute(user, attribute) {
      const name = toLowerCase(attribute);
      const found = filter(entries(userOf(user)), (each) => toLowerCase(each[0]) === name);
      return flatMap(found, (each) => map(isArray(each[1]) ? each[1] : [each[1]], toText));
    },
    async filterUserGroups(user, groups) {
      userOf(user);
      return filter(groups, (group) => includes(find(server.groups, group) ?? [], user));
    },
  };
}

/** The answer for exactly this path, else what is at this path in the model that all answers form together. */
function createQuery({ rest: answers = {}, restFile }, status) {
  let model;
  return async (path) => {
    if (status !== undefined) {
      const { 0: type, 1: message } = restErrors[status];
      return { error: { type, message, details: { resource: path } } };
    }
    const steps = filter(split(path, '/'), (step) => step !== '');
    const exact = join(steps, '/');
    if (restFile !== undefined && !hasOwn(answers, exact)) {
      answers = { ...parse(node('fs').readFileSync(restFile, 'utf8')), ...answers };
      restFile = undefined;
    }
    return hasOwn(answers, exact) ? answers[exact] : findIn((model ??= buildModel(answers)), steps);
  };
}

function findIn(model, steps) {
  let found = model;
  for (let index = 0; index < steps.length; index += 1) {
    const step = steps[index];
    if (typeof found !== 'object' || found === null || !hasOwn(found, step)) {
      const details = { mount_point: '/', resource: step };
      return { error: { type: 'ResourceNotFound', message: 'Resource was not found', details } };
    }
    found = found[step];
  }
  return found;
}

function buildModel(answers) {
  const model = {};
  for (const path of Object.keys(answers).sort((one, other) => one.length - other.length)) {
    const steps = path.split('/');
    const last = steps.pop();
    let above = model;
    for (const step of steps) {
      const below = find(above, step);
      above = above[step] = typeof below === 'object' && !Array.isArray(below) ? { ...below } : {};
    }
    above[last] = answers[path];
  }
  return model;
}

function createMemoryCache(prefix, ttlSeconds, settings, fault) {
  const keyOf = (key) => (prefix === '' ? key : `${prefix}:${key}`);
  let store;
  const use = () => (store ??= load('./memory-cache.mjs').openCache(settings, fault));
  return {
    async get(key) {
      const value = await use().get(keyOf(key));
      return value === null || value.length === 0 ? null : parse(decode(value));
    },
    async set(key, value, ttl = ttlSeconds) {
      await use().set(keyOf(key), toBuffer(stringify(value)), ttl);
    },
  };
}

async function resolveHosts(ip, hosts) {
  if (match(/^\d{1,3}(?:\.\d{1,3}){3}$/, ip) === null) return [ip];
  if (hosts !== undefined) return copy(find(hosts, ip) ?? []);
  try {
    return [(await node('dns').promises.lookupService(ip, 0)).hostname];
  } catch (error) {
    if (error.code === 'ENOTFOUND') return [];
    throw error;
  }
}

/** A file that exists while the lock is held, with the id of the process, as the SDK of Python plugins makes it. */
async function lock(file, { retries = 0, delayMs = 1000 } = {}) {
  const { open, unlink } = node('fs').promises;
  for (let left = retries; ; left--) {
    const handle = await open(file, 'wx').catch((error) => {
      if (error.code !== 'EEXIST') throw error;
    });
    if (handle !== undefined) {
      await handle.writeFile(String(process.pid));
      await handle.close();
      const release = () => unlink(file);
      return { release, [Symbol.asyncDispose]: release };
    }
    if (left <= 0) throw new ServiceError('TimeoutError', `${file} is held by another process`);
    await node('timers/promises').setTimeout(delayMs);
  }
}
