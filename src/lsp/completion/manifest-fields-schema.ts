import { pluginTypes, requiredFields } from '../../sps/manifest/manifest-schema.ts';
import type { Schema } from './schemas-at.ts';

/** The fields of a MANIFEST, for help in editors; what they may hold `checkManifest` says. Source: plugin guide 7.5.1, MANIFEST. */
export const manifestFieldsSchema: Schema = {
  type: 'object',
  required: [...requiredFields, 'entry_point'],
  properties: {
    name: { type: 'string', description: 'A letter, then one or more letters, digits or _.' },
    type: { enum: [...pluginTypes], description: 'What kind of plugin it is.' },
    version: {
      type: 'string',
      examples: ['1.0.0'],
      description: 'Of the plugin; quote it, else YAML reads 1.10 as 1.1.',
    },
    api: {
      type: 'string',
      examples: ['1.9'],
      description: 'The API that the plugin was written for: an appliance with an older one refuses it. Quote it.',
    },
    description: { type: 'string', description: 'What the plugin does.' },
    entry_point: {
      type: 'string',
      examples: ['main.py', 'main.ts'],
      description: 'The file beside MANIFEST that has the class Plugin. Without it the plugin is one for Python 2.',
    },
    scb_min_version: { type: 'string', description: 'The oldest version of SPS that takes the plugin.' },
    scb_max_version: { type: 'string', description: 'The newest version of SPS that takes the plugin.' },
    author_name: { type: 'string', description: 'Who wrote it.' },
    author_email: { type: 'string', description: 'Where its author can be reached.' },
  },
};
