import { ScriptObject } from './script-object.ts';
import type { Value } from './value.ts';

/** One of which expressions may read what it says itself, and nothing else. */
export abstract class ReadableObject extends ScriptObject {
  /** Without regard to case; undefined when there is no such property. */
  abstract property(name: string): Value | undefined;
}
