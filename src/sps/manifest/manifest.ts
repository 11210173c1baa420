import type { pluginTypes } from './manifest-schema.ts';

/** What a MANIFEST says, as the appliance understands it. Source: plugin guide 7.5.1, MANIFEST; Plugin SDK 1.9.1. */
export interface Manifest {
  name: string;
  type: (typeof pluginTypes)[number];
  version: string;
  /** `1.9`, also of a version such as `1.9.0-rc1`. */
  api: string;
  description: string | undefined;
  /** File in the package root; undefined for a Python 2 plugin. */
  entryPoint: string | undefined;
  /** Lowest product version. */
  spsMinVersion: string | undefined;
  /** Highest product version; with `~` after it, the first version that is too new. */
  spsMaxVersion: string | undefined;
}
