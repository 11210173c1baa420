import type { JsonObject } from '../../base/json.ts';
import type { StoredObject } from './stored-object.ts';

const protocols = ['http', 'ica', 'mssql', 'rdp', 'ssh', 'telnet', 'vnc'];

/** What is there before anything is committed; a negative key cannot be deleted. Source: SPS REST API 6.0.5; which ones is ours. */
export function builtInObjects(): [collection: string, object: StoredObject][] {
  const make = (id: string, key: string, body: JsonObject): [string, StoredObject] => [
    id,
    { key, body, createdMs: 0, changed: 0 },
  ];
  return [
    make('management', 'accounting', { require_commitlog: false }),
    make('management', 'email', {
      smtp_server: null,
      sender_address: null,
      monitoring_address: null,
      reporting_address: null,
    }),
    ...protocols.flatMap((protocol) => [
      make(`${protocol}/channel_policies`, '-20100', { name: 'all' }),
      make(`${protocol}/settings_policies`, '-301', { name: 'default' }),
    ]),
  ];
}

/** Whether a key is one of a built-in object. */
export function isBuiltInKey(key: string): boolean {
  return /^-[0-9]{1,10}$/.test(key);
}
