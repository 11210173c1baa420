import { ReadableObject } from '../values/readable-object.ts';
import type { Value } from '../values/value.ts';

interface FormField {
  name: string;
  /** A secret when it is one. */
  value: Value;
}

/** A form of a page, or one that a script made: names and values in order. */
export class FormValue extends ReadableObject {
  readonly typeName = 'FormObject';
  readonly fields: FormField[];
  readonly action: string;
  readonly method: string;

  constructor(fields: FormField[] = [], action = '', method = 'GET') {
    super();
    this.fields = fields;
    this.action = action;
    this.method = method;
  }

  property(name: string): Value | undefined {
    const asked = name.toLowerCase();
    if (asked === 'action') return this.action;
    return asked === 'method' ? this.method : undefined;
  }

  get(name: string): Value | undefined {
    return this.fields.find((field) => field.name === name)?.value;
  }

  /** Replaces a field, or appends one. */
  set(name: string, value: Value): void {
    const field = this.fields.find((each) => each.name === name);
    if (field === undefined) this.fields.push({ name, value });
    else field.value = value;
  }
}
