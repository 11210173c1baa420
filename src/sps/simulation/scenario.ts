import type { JsonObject } from '../../base/json.ts';
import type { BackendDescription } from '../../targets/backends/backend-description.ts';
import type { Ending } from '../flow/ending.ts';
import type { PluginType } from '../plugin/find-hook.ts';
import type { Services } from '../surroundings/services.ts';
import type { TargetList } from './create-listed-target.ts';

/** A session to be simulated, as a scenario file writes it. */
export interface Scenario {
  description?: string;
  /** Name of a connection, or arguments that change the one that `base` names (default: the one of the protocol). */
  connection?: string | (JsonObject & { base?: string });
  /** Name of a committed connection policy, instead of plugins. */
  policy?: string;
  /** At least one. */
  plugins?: Partial<Record<PluginType, string | ScenarioPlugin>>;
  /** As the user types it. */
  login?: string;
  /** By the key of the question; a list is used up in order. */
  answers?: Record<string, string | string[]>;
  /** What the user types when the store gave nothing that the target accepts. */
  serverPassword?: string | string[];
  target?: TargetList;
  /** How often the store is asked for passwords while the target refuses them. Default 1. */
  passwordRequests?: number;
  /** False: the connection has no usermapping policy. Default true. */
  usermapping?: boolean;
  /** Applications whose launcher asks for credentials, in RDP. */
  remoteApps?: { asset: string }[];
  /** How often codes are asked for. */
  totpCodes?: number;
  /** Of one RDP login; all but the last end before a credential is fetched. Default 1. */
  proxySessions?: number;
  services?: Services;
  /** Laid over those of the plugins' plugin-host.yaml, by their address. */
  backends?: BackendDescription[];
  expect?: ScenarioExpectation;
}

interface ScenarioPlugin {
  path: string;
  /** Configuration text. */
  config?: string;
  configFile?: string;
  proxyTimeout?: string | number;
}

export interface ScenarioExpectation {
  ended?: Ending;
  /** Hooks in the order of their calls. */
  steps?: string[];
  /** At the end. */
  gatewayUser?: string | null;
  gatewayGroups?: string[] | null;
  /** That came to the backends, whole and in order. */
  requests?: JsonObject[];
}
