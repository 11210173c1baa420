import path from 'node:path';
import type { ValueFault } from '../../base/problem.ts';
import { checkDuration } from '../../documents/check-duration.ts';
import { describeSchemaErrors } from '../../documents/describe-schema-errors.ts';
import type { ProjectPart } from '../../project/read-project-file.ts';
import { serveSettingsSchema, type WrittenSettings } from './serve-settings-schema.ts';
import { validate } from './serve-settings-validator.ts';

/** The section `serve` of plugin-host.yaml; its files are absolute. */
export type ServeSettings = NonNullable<WrittenSettings['serve']>;

/** What plugin-host.yaml says of the server. */
export const servePart: ProjectPart<ServeSettings> = { name: 'serve', read: readKeys };

function readKeys(
  keys: Readonly<Record<string, unknown>>,
  folder: string,
): { value: ServeSettings; problems: ValueFault[] } {
  if (!validate(keys)) {
    return { value: {}, problems: describeSchemaErrors(validate.errors ?? [], serveSettingsSchema) };
  }
  const { serve = {} } = keys as WrittenSettings; // of that shape, as was just checked
  const problems = (['sessionIdle', 'transactionIdle'] as const).flatMap((name) =>
    checkDuration(['serve', name], serve[name]),
  );
  return { value: withFiles(serve, folder), problems };
}

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
