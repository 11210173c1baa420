import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What a collection cannot free. The resident set would also count what the allocator keeps for later. */
export function reachableBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect(); // begins with what the first one still frees beside the program: the memory of buffers
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
