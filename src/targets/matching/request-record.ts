import type { Json } from '../../base/json.ts';

/** A request that came to a target. What was not sent is absent; a name that came several times has a list. */
export interface RequestRecord {
  method: string;
  path: string;
  query: Record<string, string | string[]>;
  /** With names in lower case. */
  headers: Record<string, string | string[]>;
  cookies: Record<string, string>;
  /** The body, when it is JSON. */
  json?: Json;
  /** The fields of the body, when it is a form. */
  form?: Record<string, string | string[]>;
  body: string;
  /** Null when the connection was broken before the answer, or has not been answered. */
  status: number | null;
}
