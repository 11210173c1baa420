import type { JsonObject } from '../../base/json.ts';
import type { RunClass } from '../running/run-result.ts';

/** `expect.yaml` of a test folder. Paths are relative to that folder. */
export interface Expectation {
  plugin?: string;
  /** Number or setting. */
  point?: string | number;
  class?: RunClass;
  retval?: string | number;
  /** The text, or a matcher. */
  errmsg?: string | JsonObject;
  /** Longest duration, in milliseconds. */
  maxMs?: number;
  settle?: boolean | { taken?: string[] };
  /** With `settle`. */
  taken?: string[];
  /** File of items for a filter. */
  items?: string;
}

const textOrNumber = { type: ['string', 'integer'] };
const ids = { type: 'array', items: { type: 'string' } };

export const expectationSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    plugin: { type: 'string', minLength: 1 },
    point: textOrNumber,
    class: { enum: ['ok', 'failure', 'protocol-error', 'timeout', 'crash'] },
    retval: textOrNumber,
    errmsg: { type: ['string', 'object'] },
    maxMs: { type: 'number', exclusiveMinimum: 0 },
    settle: { type: ['boolean', 'object'], additionalProperties: false, properties: { taken: ids } },
    taken: ids,
    items: { type: 'string', minLength: 1 },
  },
  dependencies: { taken: ['settle'] },
};
