/** By what the shims say of a value that JSON cannot carry: `cookie.tries is a set`. */
const mends: readonly (readonly [RegExp, string])[] = [
  [/ is a datetime\.\w+$| is a Date$/, 'Write it as text: isoformat() in Python, toISOString() in JavaScript.'],
  [/ is a (?:set|frozenset|Set)$/, 'Make a list of it.'],
  [/ is a (?:bytes|bytearray|Uint8Array|Buffer)$/, 'Decode it, or write it as base64.'],
  [/ is a (?:decimal\.Decimal|bigint)$/, 'Write it as text.'],
  [/ coroutine(?: |$)/, 'Run what is `async def` with asyncio.run(…), and return its result.'],
  [/ is (?:nan|-?inf|NaN|-?Infinity)$/, 'JSON knows no such number; leave it out, or write null.'],
  [/^a key of /, 'Make a text of the key.'],
];

/** What to return instead. @param problem Names the value and where it is */
export function hintOnValue(problem: string): string {
  const own = mends.find(([pattern]) => pattern.test(problem))?.[1];
  return (
    own ??
    'Return only strings, finite numbers, booleans, None, lists and dicts; encode bytes, turn sets into lists, dates into text.'
  );
}
