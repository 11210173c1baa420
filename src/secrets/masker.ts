import type { Json } from '../base/json.ts';

export interface Masker {
  /** What replaces a secret, on every line that the secret had. */
  readonly maskWord: string;
  /** The text without the secrets, in whatever spelling, and with as many lines. */
  text(value: string): string;
  /** The value with all its strings, object keys included, masked; under a secret name everything except null and the empty text. */
  json(value: Json): Json;
  /** How often something could not be masked. It was then hidden completely. */
  failures(): number;
}
