import type { GatewayEvent } from '../events/gateway-event.ts';

/** Milliseconds, or a text such as `2m`. */
export type Duration = number | string;

/** Options of a gateway: those of the command, which win over `gateway:` of plugin-host.yaml. */
export interface GatewayOptions {
  /** Folders or ZIPs, at most one of each type; default: the current folder. */
  plugins?: readonly string[];
  /** File of a scenario that names the plugins. */
  scenario?: string;
  /** Name of a committed connection policy that names the plugins. */
  policy?: string;
  /** Default `127.0.0.1:2222`; port 0: any free one. */
  listen?: string;
  /** Listens on an address that is not loopback. */
  expose?: boolean;
  /** `HOST` or `HOST:PORT`: every session goes there. */
  target?: string;
  /** Which targets a login name may choose; default: addresses of this machine only. */
  allowTarget?: readonly string[];
  /** The gateway asks for a password of its own, which nothing verifies but the plugins. */
  gatewayPassword?: boolean;
  /** Trusted keys of targets, in OpenSSH's format; default: `known_hosts` of the state folder. */
  knownHosts?: string;
  /** What becomes of an unknown key; default `accept-new`. */
  targetHostKey?: 'strict' | 'accept-new';
  /** File with the gateway's own private key; default: one of the state folder, made at the first start. */
  hostKey?: string;
  /** Local forwarding: true, or patterns as in `allowTarget`; default: none. */
  allowForwarding?: boolean | readonly string[];
  /** Folder for recordings of terminals. */
  record?: string;
  /** Default 2 min, without the time of hooks. */
  loginTimeout?: Duration;
  /** Default: none. */
  idleTimeout?: Duration;
  /** Default 100. */
  maxSessions?: number;
  /** Tells the client what the log says of a failure. */
  explain?: boolean;
  /** Configuration text of the plugin. */
  config?: string;
  /** Interpreter for Python plugins. */
  python?: string;
  api?: string;
  spsVersion?: string;
  /** Default 600 s; a hook gets half of it. */
  proxyTimeout?: Duration;
  stateDir?: string;
  /** Path of plugin-host.yaml. */
  hostConfig?: string;
  /** Runs what the emulated release would refuse to install. */
  force?: boolean;
  /** Masks nothing in events; default false. */
  showSecrets?: boolean;
  onEvent?: (event: GatewayEvent) => void;
}
