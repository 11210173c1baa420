import path from 'node:path';
import { checkDuration } from '../../documents/check-duration.ts';
import { sectionPart } from '../../project/section-part.ts';
import { serveSettingsSchema, type WrittenSettings } from './serve-settings-schema.ts';
import { validate } from './serve-settings-validator.ts';

/** The section `serve` of plugin-host.yaml; its files are absolute. */
export type ServeSettings = NonNullable<WrittenSettings['serve']>;

/** What plugin-host.yaml says of the server. */
export const servePart = sectionPart<ServeSettings>({
  name: 'serve',
  validate,
  schema: serveSettingsSchema,
  read: (serve, folder) => ({
    value: withFiles(serve, folder),
    problems: (['sessionIdle', 'transactionIdle'] as const).flatMap((name) =>
      checkDuration(['serve', name], serve[name]),
    ),
  }),
});

function withFiles(settings: ServeSettings, folder: string): ServeSettings {
  const absolute = (file: string): string => path.resolve(folder, file);
  const { certificate, key, adminPasswordFile, log, users } = settings;
  return {
    ...settings,
    ...(certificate === undefined ? {} : { certificate: absolute(certificate) }),
    ...(key === undefined ? {} : { key: absolute(key) }),
    ...(adminPasswordFile === undefined ? {} : { adminPasswordFile: absolute(adminPasswordFile) }),
    ...(log === undefined || log === '-' ? {} : { log: absolute(log) }),
    ...(users && {
      users: Object.fromEntries(
        Object.entries(users).map(([name, user]) => [name, { ...user, passwordFile: absolute(user.passwordFile) }]),
      ),
    }),
  };
}
