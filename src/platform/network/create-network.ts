import { Dialer, type DialRules } from './dialer.ts';
import { HttpClient } from './http-client.ts';
import type { Network } from './network.ts';

export interface RealNetwork extends Network {
  /** What was connected to so far, `host:port`. */
  reached: () => readonly string[];
  close: () => void;
}

/** The network as it is, as far as the rules admit it. @param authorities PEM, trusted besides those of the system */
export function createNetwork(rules: DialRules, authorities?: string): RealNetwork {
  const dialer = new Dialer(rules);
  const http = new HttpClient(dialer, { claimants: rules.claimants, given: authorities });
  return {
    request: (request) => http.request(request),
    // What needs ssh2 is loaded when it is used: it costs more than all the rest.
    openSsh: async (options) => (await import('./open-ssh.ts')).openSsh(dialer, options),
    discoverHostKey: async (options) => (await import('./open-ssh.ts')).discoverHostKey(dialer, options),
    openTelnet: async (options) => (await import('./open-telnet.ts')).openTelnet(dialer, options),
    reached: () => dialer.reached,
    close: () => {
      dialer.close();
    },
  };
}
