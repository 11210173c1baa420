/** From the first character to the one behind the last. */
export type Place = readonly [start: number, end: number];

/** A key as JSON or Python writes it, with a value that is no list or mapping. */
const keyPattern = /["']([A-Za-z_]\w*)["']\s*:\s*(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[\w.+-]+)?/g;

/**
 * Where in a malformed reply the fault is that a message tells of: the position that it names, else the first key of the reply that it names,
 * with its value where that is no list or mapping. Undefined: it is the reply as a whole.
 */
export function findPlace(reply: string, message: string): Place | undefined {
  const position = /\bposition (\d+)/.exec(message)?.[1];
  if (position !== undefined) {
    const at = Math.min(Number(position), reply.length - 1);
    return at < 0 ? undefined : [at, at + 1];
  }
  // The hook in front of a message is no place.
  const words = message.replace(/^\w+: /, '').match(/[A-Za-z_]\w*/g) ?? [];
  const keys = [...reply.matchAll(keyPattern)];
  const [word] = words.filter((each) => keys.some(([, key]) => key === each));
  const found = keys.find(([, key]) => word !== undefined && key === word);
  return found && [found.index, found.index + found[0].trimEnd().length];
}
