import { ScriptObject } from './script-object.ts';

/** An array of bytes, as `Encoding.UTF8.GetBytes` gives it. */
export class Bytes extends ScriptObject {
  readonly typeName = 'Byte[]';
  readonly data: Uint8Array;

  constructor(data: Uint8Array) {
    super();
    this.data = data;
  }

  override get text(): string {
    return 'System.Byte[]';
  }
}
