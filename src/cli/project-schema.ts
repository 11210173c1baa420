import { gatewaySettingsSchema } from '../gateway/settings/gateway-settings-schema.ts';
import { inspectorSettingsSchema } from '../inspector/settings/inspector-settings-schema.ts';
import { kvgroupSettingsSchema } from '../kvgroup/settings/kvgroup-settings-schema.ts';
import { platformSettingsSchema } from '../platform/settings/platform-settings-schema.ts';
import { joinProjectSchema } from '../project/join-project-schema.ts';
import { serveSettingsSchema } from '../rest/settings/serve-settings-schema.ts';
import { spsSettingsSchema } from '../sps/surroundings/sps-settings-schema.ts';

/** Of the whole of plugin-host.yaml, as editors get it; at run time each system checks its own part. */
export const projectSchema = joinProjectSchema({
  sps: spsSettingsSchema,
  kvgroup: kvgroupSettingsSchema,
  platform: platformSettingsSchema,
  serve: serveSettingsSchema,
  gateway: gatewaySettingsSchema,
  inspector: inspectorSettingsSchema,
});
