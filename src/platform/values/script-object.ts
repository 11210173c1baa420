/**
 * What every value of a script is that is not one of JavaScript's simple ones. Expressions reach the members that
 * `platform/expression` knows of its class, and nothing else: a class of its own, without any, is an opaque value.
 */
export abstract class ScriptObject {
  /** As `GetType().Name` tells it, and messages too. */
  abstract readonly typeName: string;

  /** Its text where there is no better one, as in .NET the name of the type. */
  get text(): string {
    return this.typeName;
  }
}
