import { ScriptObject } from './script-object.ts';

/** A type as a value: `x.GetType()`, `System.Boolean`. Two of one name are the same type. */
export class TypeValue extends ScriptObject {
  readonly typeName = 'Type';
  readonly name: string;

  constructor(name: string) {
    super();
    this.name = name;
  }

  override get text(): string {
    return `System.${this.name}`;
  }
}
