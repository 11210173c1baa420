import type { BackendDescription } from '../../targets/backends/backend-description.ts';

export interface DescribedBackends {
  /** Undefined: there are none, and everything is reached. */
  backends: readonly BackendDescription[] | undefined;
  /** Of the plugin; undefined when none is configured. Descriptions name its options. */
  configuration: string | undefined;
  /** File with the backends; undefined: none, a program gave them. */
  projectFile?: string | undefined;
  /** Where the configuration is from; undefined: not known. */
  configurationFrom?: string | undefined;
  /** File of the case, with backends of its own. */
  test?: { file: string; backends: readonly BackendDescription[] | undefined } | undefined;
}
