import { type JsonObject, parseExactJson, storedDepth } from '../../../base/json.ts';
import { DatabaseFault } from '../../../state/database-fault.ts';
import type { PackageFacts, StoredObject } from '../stored-object.ts';

/** A row of the table `objects`. */
export interface ObjectRow {
  collection: string;
  key: string;
  created_ms: number;
  changed: number;
  body: string;
  owner: string | null;
  package: string | null;
}

/** @throws DatabaseFault */
export function readRow(row: ObjectRow): [collection: string, object: StoredObject] {
  try {
    const { collection, key, created_ms: createdMs, changed, owner } = row;
    const object = {
      key,
      body: parseExactJson(row.body, storedDepth) as JsonObject,
      createdMs,
      changed,
      ...(owner === null ? {} : { owner }),
      ...(row.package === null ? {} : { package: JSON.parse(row.package) as PackageFacts }),
    };
    return [collection, object];
  } catch {
    throw new DatabaseFault(`the object ${row.key} of ${row.collection} is not JSON`);
  }
}
