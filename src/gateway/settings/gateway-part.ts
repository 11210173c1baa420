import path from 'node:path';
import type { ValueFault } from '../../base/problem.ts';
import { checkDuration } from '../../documents/check-duration.ts';
import { sectionPart } from '../../project/section-part.ts';
import { gatewaySettingsSchema, type WrittenGateway } from './gateway-settings-schema.ts';
import { validate } from './gateway-settings-validator.ts';

/** The section `gateway` of plugin-host.yaml; its files are absolute. */
export type WrittenSettings = NonNullable<WrittenGateway['gateway']>;

/** What plugin-host.yaml says of a gateway. */
export const gatewayPart = sectionPart<WrittenSettings>({
  name: 'gateway',
  validate,
  schema: gatewaySettingsSchema,
  read: readSection,
});

function readSection(gateway: WrittenSettings, folder: string): { value: WrittenSettings; problems: ValueFault[] } {
  const problems = (['loginTimeout', 'idleTimeout'] as const).flatMap((name) =>
    checkDuration(['gateway', name], gateway[name]),
  );
  const files = (['knownHosts', 'hostKey', 'record', 'log'] as const).flatMap((name) => {
    const file = gateway[name];
    return file === undefined || file === '-' ? [] : [[name, path.resolve(folder, file)] as const];
  });
  return { value: { ...gateway, ...Object.fromEntries(files) }, problems };
}
