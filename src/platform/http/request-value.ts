import { ScriptObject } from '../values/script-object.ts';
import type { Value } from '../values/value.ts';

export interface DigestCredentials {
  user: string;
  password: string;
  /** What it is for: this and what is below. */
  uri: URL;
}

/** What `NewHttpRequest` makes. */
export class RequestValue extends ScriptObject {
  readonly typeName = 'HttpRequestObject';
  /** By name in small letters: the name as written, and the value, a secret when it is one. */
  readonly headers = new Map<string, { name: string; value: Value }>();
  digest: DigestCredentials | undefined;
}
