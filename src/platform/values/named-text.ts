import { ScriptObject } from './script-object.ts';

/**
 * A text that is more than itself: that of a status code with two names, which equals both, or that of an error, whose
 * `Message` is itself. Everywhere else it is its text. Source: specification b.4, d.6.
 */
export class NamedText extends ScriptObject {
  readonly typeName = 'String';
  readonly value: string;
  readonly otherNames: readonly string[];
  readonly isError: boolean;

  private constructor(value: string, otherNames: readonly string[], isError: boolean) {
    super();
    this.value = value;
    this.otherNames = otherNames;
    this.isError = isError;
  }

  /** What `Exception` is in a `Catch`. */
  static ofError(message: string): NamedText {
    return new NamedText(message, [], true);
  }

  static ofNames([first = '', ...others]: readonly string[]): NamedText | string {
    return others.length === 0 ? first : new NamedText(first, others, false);
  }

  override get text(): string {
    return this.value;
  }
}
