import type { JsonObject } from '../../base/json.ts';
import type { Values } from '../../targets/description/substitute.ts';
import type { TargetRecords } from '../../targets/matching/target-records.ts';
import type { Telling } from '../../targets/matching/telling.ts';
import type { Connection } from '../invocation/connection.ts';

/** Backends that run on loopback. */
export interface RunningBackends {
  records: TargetRecords;
  /** What names in descriptions and expectations stand for. */
  values: Values;
  /** Tells the child-side part where each is, and whom to trust. */
  request: JsonObject;
  /** From here on: gives what came since and no description answers, once all that was sent has been taken in. */
  mark: () => () => Promise<readonly Telling[]>;
  /** Is told of connections as they are made. */
  note?: (connection: Connection) => void;
  close: () => Promise<void>;
}
