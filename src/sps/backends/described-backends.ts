import type { BackendDescription } from '../../targets/backends/backend-description.ts';

export interface DescribedBackends {
  /** Undefined: there are none, and everything is reached. */
  backends: readonly BackendDescription[] | undefined;
  /** Of the plugin; undefined when none is configured. Descriptions name its options. */
  configuration: string | undefined;
}
