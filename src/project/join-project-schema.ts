import { commonSchema } from './common-schema.ts';
import { type KeyOf, type PartName, projectKeys } from './project-keys.ts';

/** What each system says of its keys. */
type SystemSchemas = {
  [System in Exclude<PartName, 'common'>]: { properties: Record<KeyOf<System>, object> };
};

/** JSON Schema of the whole of plugin-host.yaml, published as plugin-host.schema.json. */
export function joinProjectSchema({ sps, kvgroup, platform, serve, gateway, inspector }: SystemSchemas): object {
  const properties: Record<keyof typeof projectKeys, object> = {
    ...commonSchema.properties,
    ...sps.properties,
    ...kvgroup.properties,
    ...platform.properties,
    ...serve.properties,
    ...gateway.properties,
    ...inspector.properties,
  };
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'plugin-host.yaml',
    description: 'How what is in this folder is run, and what the appliance would provide to it.',
    type: 'object',
    additionalProperties: false,
    required: [],
    properties: Object.fromEntries(Object.keys(projectKeys).map((key) => [key, properties[key as KeyOf<PartName>]])),
  };
}
