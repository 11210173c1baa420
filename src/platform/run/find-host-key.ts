import { PluginHostError } from '../../base/plugin-host-error.ts';
import { fingerprintOf } from '../../crypt/fingerprint-of.ts';
import { hintOf } from '../engine/failure-code.ts';
import type { AllowList } from '../network/allow-list.ts';
import { createNetwork } from '../network/create-network.ts';
import type { ConnectTo } from '../network/dialer.ts';
import { NetworkError } from '../network/network-error.ts';
import { splitHostPort } from '../network/split-host-port.ts';
import { renderHostKey } from '../terminal/matches-host-key.ts';

/** What `HostKey` of a script takes, and what people compare. */
export interface FoundHostKey {
  host: string;
  port: number;
  /** `ssh-ed25519`. */
  type: string;
  /** `<type> <base64>`, as `ssh-keyscan` writes it. */
  key: string;
  /** `SHA256:…` */
  fingerprint: string;
  /** `OpenSSH_9.2p1`. */
  software: string;
}

export interface HostKeyRules {
  allow: AllowList;
  connectTo: readonly ConnectTo[];
  signal: AbortSignal;
}

const sshPort = 22;
const timeoutMs = 20_000;

/**
 * The key that an SSH host shows; nobody logs in.
 * @param place `HOST[:PORT]`
 * @throws PluginHostError USAGE, TARGET_NOT_ALLOWED, TARGET_UNREACHABLE, TARGET_CLOSED, TARGET_TIMEOUT
 */
export async function findHostKey(place: string, { allow, connectTo, signal }: HostKeyRules): Promise<FoundHostKey> {
  const { host, port } = readPlace(place);
  const network = createNetwork({ allow, connectTo, claimants: undefined, isLoopbackOnly: false });
  try {
    // Old systems too shall show their key.
    const identity = await network.discoverHostKey({ host, port, timeoutMs, signal, isBroad: true });
    const { keyType: type, key, software } = identity;
    return { host, port, type, key: renderHostKey(identity), fingerprint: fingerprintOf(key), software };
  } catch (error) {
    throw error instanceof NetworkError ? toPluginHostError(error) : error;
  } finally {
    network.close();
  }
}

function readPlace(place: string): { host: string; port: number } {
  try {
    const { host, port = sshPort } = splitHostPort(place);
    if (host !== '' && !/[\s/@]/.test(host)) return { host, port };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  throw new PluginHostError('USAGE', `${place}: expected HOST or HOST:PORT`, {
    hint: 'plugin-host platform hostkey host.example:22',
  });
}

function toPluginHostError(error: NetworkError): PluginHostError {
  const { code, message, hint = hintOf(code) } = error;
  const isKnown = code === 'TARGET_NOT_ALLOWED' || code === 'TARGET_UNREACHABLE' || code === 'TARGET_TIMEOUT';
  return new PluginHostError(isKnown ? code : 'TARGET_CLOSED', message, { hint, cause: error });
}
