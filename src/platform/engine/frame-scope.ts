import type { Scope } from '../members/evaluation.ts';
import { missingName } from '../members/missing-name.ts';
import { ScriptError } from '../values/script-error.ts';
import type { Value } from '../values/value.ts';
import type { Frame } from './frame.ts';

/** The variables of a block as an expression sees them. */
export class FrameScope implements Scope {
  readonly #frame: Frame;
  readonly #mayCreate: boolean;
  readonly #warn: (code: string, message: string) => void;
  readonly path: string | undefined;

  /** @param path Of the expression, for messages @param mayCreate Of `For.Before` alone; what else assigns needs a variable that is there */
  constructor(frame: Frame, warn: (code: string, message: string) => void, path?: string, mayCreate = false) {
    this.path = path;
    this.#frame = frame;
    this.#warn = warn;
    this.#mayCreate = mayCreate;
  }

  read(name: string): Value | undefined {
    return readVariable(this.#frame, name, this.#warn);
  }

  has(name: string): boolean {
    return this.#frame.get(name) !== undefined;
  }

  assign(name: string, value: Value): void {
    if (!this.#mayCreate && !this.has(name)) {
      const known = this.#frame.names().join(', ');
      throw new ScriptError('VARIABLE_MISSING', `Key "${name}" was not found, the following keys exist: [${known}]`);
    }
    this.#frame.assign(name, value);
  }

  note(text: string): void {
    this.#warn('L25', `the expression ${text}`);
  }
}

/** Exact first; else without regard to case, which is told. */
export function readVariable(
  frame: Frame,
  name: string,
  warn: (code: string, message: string) => void,
): Value | undefined {
  const value = frame.get(name);
  if (value !== undefined) return value;
  const variant = frame.findVariant(name);
  if (variant === undefined) return undefined;
  warn('L25', `The variable ${name} is spelled ${variant} where it is set`);
  return frame.get(variant);
}

/** @throws ScriptError VARIABLE_MISSING */
export function requireVariable(
  frame: Frame,
  name: string,
  path: string,
  warn: (code: string, message: string) => void,
): Value {
  const value = readVariable(frame, name, warn);
  if (value !== undefined) return value;
  throw missingName(name, path);
}
