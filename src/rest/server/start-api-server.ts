import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { authorityOf, requireLoopback } from '../../loopback/is-loopback.ts';
import { listenOn } from '../../loopback/listen-on.ts';
import type { KnownNames } from '../../sps/policies/change-options.ts';
import { createEndpointTree } from '../../sps/policies/links/create-endpoint-tree.ts';
import { PolicyStore } from '../../sps/policies/storage/policy-store.ts';
import { TransactionLock } from '../../sps/policies/storage/transaction-lock.ts';
import { lockFile } from '../../state/lock-file.ts';
import { makeStateFolder } from '../../state/make-state-folder.ts';
import { Accounts, type Privilege, type StoredAccount } from '../access/accounts.ts';
import { hashPassword } from '../access/hash-password.ts';
import { LoginThrottle } from '../access/login-throttle.ts';
import { Sessions } from '../access/sessions.ts';
import type { RestState } from '../call.ts';
import { RestApi } from '../rest-api.ts';
import { closeTransaction } from '../stage.ts';
import { ApiListener } from './api-listener.ts';
import { renderWarning } from './render-access.ts';
import { givenCertificate, ownCertificate, type ServerCertificate } from './server-certificate.ts';
import type { NamedServices, ServerOptions } from './server-options.ts';

/** A server that accepts connections. */
export interface ApiServer {
  /** `https://127.0.0.1:8443` */
  url: string;
  /** Undefined without TLS. */
  certificate: ServerCertificate | undefined;
  /** Of `admin`, if it was made now; it is shown this once. */
  newPassword: string | undefined;
  /** Answers what is under way and drops open transactions. */
  close: () => Promise<void>;
}

const adminName = 'admin';
const everything: readonly Privilege[] = [{ path: '/api', access: 'write' }];
const newPasswordBytes = 18;

/**
 * Starts the emulated API of a state folder; there is one at a time.
 * @param openBeside Opens what belongs to it once it accepts connections. A new password is stored only after that: nobody sees the password
 * of a start that failed.
 * @throws PluginHostError NOT_LOOPBACK, STATE_IN_USE, STATE_DAMAGED, STATE_TOO_NEW, CERTIFICATE_INVALID, PORT_IN_USE, STATE_UNWRITABLE, …
 */
export async function startApiServer(
  options: ServerOptions,
  openBeside: () => Promise<void> = async () => Promise.resolve(),
): Promise<ApiServer> {
  requireLoopback(options.host);
  const folder = makeStateFolder(options.stateDir, 'serve');
  using stack = new DisposableStack(); // what was opened is closed again when the start fails
  stack.use(claimState(folder));
  const store = stack.use(openStore(options.stateDir));
  const { accounts, newHash, newPassword } = await openAccounts(store, options);
  const certificate = chooseCertificate(options, folder);
  const lock = stack.adopt(new TransactionLock(options.stateDir), (each) => {
    each.release();
  });
  const state = createState(options, store, accounts, lock);
  const listener = new ApiListener({
    api: new RestApi(state, (id, defect) => {
      options.onDefect(`${id} ${defect instanceof Error ? (defect.stack ?? defect.message) : String(defect)}`);
    }),
    tls: certificate && { cert: certificate.cert, key: certificate.key },
    allowHosts: options.allowHosts,
    uploadLimitBytes: options.uploadLimitBytes,
    log: options.log,
  });
  const port = await listenOn(listener.server, { host: options.host, port: options.apiPort, option: '--api-port' });
  try {
    await openBeside();
    if (newHash !== undefined) store.setPassword(adminName, newHash);
  } catch (error) {
    await listener.close();
    throw error;
  }
  const opened = stack.move();
  const scheme = certificate === undefined ? 'http' : 'https';
  return {
    url: `${scheme}://${authorityOf(options.host, port)}`,
    certificate,
    newPassword,
    close: async () => {
      await listener.close();
      opened.dispose();
    },
  };
}

/** The system gives the claim back when this process ends, however it ends. @throws PluginHostError STATE_IN_USE */
function claimState(folder: string): Disposable {
  const lock = lockFile(path.join(folder, 'server.lock'));
  const pidFile = path.join(folder, 'server.pid');
  if (lock === undefined) {
    const pid = readPid(pidFile);
    const who = pid === undefined ? 'another process' : `process ${pid}`;
    throw new PluginHostError('STATE_IN_USE', `${folder}: ${who} serves this state folder`, {
      hint: 'End it, or serve another folder with --state.',
    });
  }
  writeFileSync(pidFile, `${process.pid}\n`, { mode: 0o600 });
  return {
    [Symbol.dispose]: () => {
      rmSync(pidFile, { force: true });
      lock.release();
    },
  };
}

function readPid(file: string): number | undefined {
  try {
    return Number.parseInt(readFileSync(file, 'utf8'), 10) || undefined;
  } catch {
    return undefined;
  }
}

/** @throws PluginHostError STATE_DAMAGED, STATE_TOO_NEW, and as `PolicyStore.open` */
function openStore(stateDir: string): PolicyStore {
  try {
    const store = PolicyStore.open(stateDir);
    try {
      store.load();
      return store;
    } catch (error) {
      store.close();
      throw error;
    }
  } catch (error) {
    if (!(error instanceof PluginHostError)) throw error;
    const { code, message, hint, cause } = error;
    if (code === 'FORMAT_TOO_NEW') throw new PluginHostError('STATE_TOO_NEW', message, { hint, cause });
    if (code === 'STORE_UNREADABLE') throw new PluginHostError('STATE_DAMAGED', message, { hint, cause });
    throw error;
  }
}

interface OpenedAccounts {
  accounts: Accounts;
  /** Of `admin`, to be stored once the server accepts connections. */
  newHash: string | undefined;
  newPassword: string | undefined;
}

async function openAccounts(store: PolicyStore, options: ServerOptions): Promise<OpenedAccounts> {
  const { adminPassword, isNewAdminPassword } = options;
  const stored = store.passwordOf(adminName);
  const isMade = adminPassword === undefined && (isNewAdminPassword || stored === undefined);
  const newPassword = isMade ? randomBytes(newPasswordBytes).toString('base64url') : undefined;
  const given = adminPassword ?? newPassword;
  const newHash = given === undefined ? undefined : await hashPassword(given);
  const all: StoredAccount[] = [{ name: adminName, privileges: everything, passwordHash: newHash ?? stored ?? '' }];
  for (const [name, { password, privileges }] of Object.entries(options.users)) {
    all.push({ name, privileges, passwordHash: await hashPassword(password) });
  }
  return { accounts: new Accounts(all), newHash, newPassword };
}

function chooseCertificate({ isPlain, certificate }: ServerOptions, folder: string): ServerCertificate | undefined {
  if (isPlain) return undefined;
  return certificate === undefined ? ownCertificate(folder, new Date()) : givenCertificate(certificate);
}

function createState(options: ServerOptions, store: PolicyStore, accounts: Accounts, lock: TransactionLock): RestState {
  const { compat, api, spsVersion, log } = options;
  // Steps of the system's clock end no session.
  const nowMs = (): number => performance.timeOrigin + performance.now();
  const onEnd: ConstructorParameters<typeof Sessions>[2] = (session) => {
    closeTransaction(state, session);
  };
  const state: RestState = {
    profile: { compat, release: { api, spsVersion } },
    store,
    tree: createEndpointTree(compat),
    sessions: new Sessions(options, nowMs, onEnd),
    accounts,
    throttle: new LoginThrottle(nowMs),
    isSecure: !options.isPlain,
    uploads: { last: Promise.resolve() },
    onLock: (isLocked) => {
      lock.set(isLocked);
    },
    changes: {
      hasVersionLimits: compat === 'current',
      dropUnknownMembers: options.dropUnknownMembers,
      knownNames: knownNamesOf(options.services),
      newKey: randomUUID,
      nowMs: Date.now,
      warn: (code, message, where) => {
        log(renderWarning(code, message, where));
      },
    },
  };
  return state;
}

function knownNamesOf({ credentialStores, userLists, ldapServers, trustedCaLists }: NamedServices): KnownNames {
  return {
    'policies/credentialstores': Object.keys(credentialStores ?? {}),
    'policies/userlists': Object.keys(userLists ?? {}),
    'policies/ldap_servers': Object.keys(ldapServers ?? {}),
    'policies/trusted_ca_lists': Object.keys(trustedCaLists ?? {}),
  };
}
