import { programSchema } from '../../project/common-schema.ts';
import type { KeyOf } from '../../project/project-keys.ts';
import type { BackendDescription } from '../../targets/backends/backend-description.ts';
import { someBackends } from '../../targets/backends/lone-backends-schema.ts';
import { faultsSchema } from './faults-schema.ts';
import type { Faults } from './faults.ts';
import { matrixSchema, type MatrixSettings } from './matrix-schema.ts';
import { servicesSchema } from './services-schema.ts';
import type { Services } from './services.ts';

/** What plugin-host.yaml says of plugins of SPS, besides what it says to all systems. */
export interface SpsSettings {
  proxyTimeout?: string | number;
  config?: string;
  secrets?: string[];
  legacyPython?: string;
  services?: Services;
  /** Local file or folder by path on the appliance. */
  files?: Record<string, string>;
  faults?: Faults;
  backends?: BackendDescription[];
  matrix?: MatrixSettings;
}

/** JSON Schema of these keys. */
export const spsSettingsSchema = {
  type: 'object',
  additionalProperties: false,
  required: [],
  properties: {
    proxyTimeout: {
      type: ['string', 'number'],
      pattern: '^[0-9]+([.][0-9]+)?[ ]*(ms|s|m|h)?$',
      description:
        'Proxy timeout such as 600s, 10m, 1500ms; a bare number is seconds. A plugin gets half of it. Default 600s.',
    },
    config: { type: 'string', description: 'Configuration text that the plugin is constructed with.' },
    secrets: {
      type: 'array',
      items: { type: 'string', minLength: 1 },
      description:
        'Names of arguments, answers, cookie keys, result keys or configuration options whose values are masked.',
    },
    legacyPython: { ...programSchema, description: 'Python 2 interpreter for plugins without entry_point.' },
    services: servicesSchema,
    files: {
      type: 'object',
      propertyNames: { pattern: '^/' },
      additionalProperties: { type: 'string', minLength: 1 },
      description:
        'Files and folders of the appliance that the plugin opens: its path there, then the local one, relative to this file. Native libraries do not see them.',
    },
    faults: faultsSchema,
    backends: someBackends,
    matrix: matrixSchema,
  } satisfies Record<KeyOf<'sps'> & keyof SpsSettings, object>,
};
