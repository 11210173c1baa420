import type { Value } from '../values/value.ts';

/** What a `Throw` throws. */
export class ThrownValue extends Error {
  override readonly name = 'ThrownValue';
  /** A secret when it was made of one. */
  readonly text: Value;

  constructor(text: Value) {
    super('thrown by the script');
    this.text = text;
  }
}
