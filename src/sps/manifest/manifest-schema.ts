/** Plugin types that a MANIFEST may name. Source: Plugin SDK 1.9.1, MANIFEST check. */
export const pluginTypes = ['aa', 'credentialstore', 'signingca', 'configuration_sync'] as const;

/** Fields without which the appliance refuses a ZIP, in the order in which the vendor's check names them. */
export const requiredFields = ['name', 'api', 'version', 'type'] as const;

/** All that the appliance reads; others are ignored without a message. Source: plugin guide 7.5.1, MANIFEST; Plugin SDK 1.9.1. */
export const knownFields: readonly string[] = [
  'name',
  'description',
  'version',
  'type',
  'api',
  'entry_point',
  'scb_min_version',
  'scb_max_version',
  'author_name',
  'author_email',
];

/** Fields that `pluginv` requires in addition. Source: Plugin SDK 1.9.1, strict mode. */
export const strictFields = ['description', 'entry_point'] as const;

/**
 * What the fields must look like, each as Python writes it. Source: Plugin SDK 1.9.1, MANIFEST check; plugin guide
 * 7.5.1, MANIFEST.
 */
export const manifestSchema = {
  type: 'object',
  required: requiredFields,
  properties: {
    name: { type: 'string', pattern: '^[a-zA-Z][a-zA-Z0-9_]+$' },
    api: { type: 'string', pattern: '^[0-9]+\\.[0-9]+(\\.|$)' },
    version: { type: 'string', pattern: '^[0-9][^\\n]*$' },
    type: { enum: pluginTypes },
    entry_point: { type: 'string', pattern: '^[A-Za-z0-9._-]+$' },
    // Labels with single dots between; a repeated group would overflow the stack on a long text.
    author_email: { type: 'string', pattern: '^[-+_.a-zA-Z0-9]+@(?![.])(?!.*[.]{2})[-_.a-zA-Z0-9]+(?<![.])$' },
  },
};
