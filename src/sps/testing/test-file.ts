import type { Json, JsonObject } from '../../base/json.ts';
import type { BackendDescription } from '../../targets/backends/backend-description.ts';
import type { PluginType } from '../plugin/find-hook.ts';
import type { Services } from '../surroundings/services.ts';

/** What the author of a plugin writes into `*.plugin-test.yaml`. Source: product contract, test files. */
export interface TestFile extends Surroundings {
  /** Folder or ZIP, relative to the file. */
  plugin?: string;
  /** Name of a committed connection policy, instead of `plugin`. */
  policy?: string;
  /** Of every case that names none. */
  connection?: string | JsonObject;
  cases: (TestStep & { name: string; steps?: TestStep[] } & Surroundings)[];
}

/** What a plugin is constructed with and how long it has; of a case, or of all in the file. */
export interface Surroundings {
  config?: string;
  /** Relative to the file. */
  configFile?: string;
  /** As on the command line: `600s`. */
  proxyTimeout?: string | number;
  /** Laid over those of plugin-host.yaml, service by service. */
  services?: Services;
  /** Laid over those of plugin-host.yaml, and those of a case over the file's, by their address. */
  backends?: BackendDescription[];
}

/** One call of a case, or the case itself where it has one call only. */
export interface TestStep {
  hook?: string;
  /** Of two plugins of a policy that both have the hook. */
  type?: PluginType;
  /** A name, or arguments; with `base` laid over those of a name. */
  connection?: string | JsonObject;
  /** As the user types it. */
  login?: string;
  kwargs?: JsonObject;
  answers?: Record<string, string>;
  cookie?: JsonObject;
  sessionCookie?: JsonObject;
  expect?: Expectation;
}

/** Each key that is there must hold. A value is a matcher or what is compared. */
export interface Expectation {
  /** Default `returned`; `raised` when an exception or its message is expected. */
  outcome?: Json;
  value?: Json;
  verdict?: Json;
  exception?: Json;
  message?: Json;
  /** After the call. */
  cookie?: Json;
  sessionCookie?: Json;
  log?: Json;
  withinMs?: number;
  /** That the backends were asked since the case began, whole and in order. */
  requests?: JsonObject[];
  /** Codes; default: none of level error in what was returned. */
  problems?: Json;
}
