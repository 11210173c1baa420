import type { Pattern } from '../regex/pattern.ts';
import { ScriptObject } from '../values/script-object.ts';

/** `new Regex(pattern)`. */
export class RegexValue extends ScriptObject {
  readonly typeName = 'Regex';
  readonly pattern: Pattern;

  constructor(pattern: Pattern) {
    super();
    this.pattern = pattern;
  }

  override get text(): string {
    return this.pattern.source;
  }
}
