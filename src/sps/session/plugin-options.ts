import type { BackendDescription } from '../../targets/backends/backend-description.ts';
import type { Services } from '../surroundings/services.ts';
import { type Kind, list, mapping, number, oneOf, text } from './check-parameters.ts';

export interface PluginOptions {
  /** Configuration text; default: `config` of plugin-host.yaml. */
  config?: string;
  /** Interpreter for Python plugins; default as for the command line. */
  python?: string;
  /** Default 600 000; a hook gets half of it. */
  proxyTimeoutMs?: number;
  /** Default: `.plugin-host` beside plugin-host.yaml, else in the current folder. */
  stateDir?: string;
  /**
   * Where the process of a call comes from; each serves one call. `auto` (default): forked or booted ahead once that is possible, `warm`: the
   * plugin is not opened before it is, `cold`: a fresh interpreter.
   */
  processes?: 'auto' | 'warm' | 'cold';
  /** What the appliance provides; replaces that of plugin-host.yaml, service by service. Files are relative to the current folder. */
  services?: Services;
  /** Simulated servers that it reaches instead of all others; laid over those of plugin-host.yaml. Files are relative to the current folder. */
  backends?: readonly BackendDescription[];
  /** API of the emulated release, such as `1.9`. */
  api?: string;
  /** Product version of the emulated release, such as `9.0.0`. */
  spsVersion?: string;
}

/** What each of them must be. */
export const pluginOptions: Record<keyof PluginOptions, Kind> = {
  config: text,
  python: text,
  proxyTimeoutMs: number,
  stateDir: text,
  processes: oneOf('auto', 'warm', 'cold'),
  services: mapping,
  backends: list,
  api: text,
  spsVersion: text,
};
