import { ScriptObject } from './script-object.ts';

/** A member of an enumeration: it equals its number and each of its names. */
export class EnumValue extends ScriptObject {
  readonly typeName: string;
  readonly value: number;
  /** The first is its text; the others are further names of the same number. */
  readonly names: readonly string[];

  constructor(typeName: string, value: number, names: readonly string[]) {
    super();
    this.typeName = typeName;
    this.value = value;
    this.names = names;
  }

  override get text(): string {
    return this.names[0] ?? String(this.value);
  }
}
