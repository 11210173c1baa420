import type { CheckOptions } from '../../check/check-plugin.ts';

export interface PackOptions extends Omit<CheckOptions, 'strict'> {
  /** Default dist/NAME-VERSION.zip in the folder. */
  output?: string | undefined;
  /** Patterns of what else is left out, relative to the folder. */
  exclude?: readonly string[] | undefined;
  onStep: (text: string) => void;
}
