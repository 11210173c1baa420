import type { Block } from '../script/script.ts';

/** A function that can be called. */
export interface Callable {
  block: Block;
  /** The library that it is from; undefined of the script's own. */
  library: string | undefined;
  /** How many arguments must be given; of the script's own functions all. */
  requiredCount: number;
}
