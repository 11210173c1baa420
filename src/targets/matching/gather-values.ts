/** Values by name, as records have them: a name that came several times has a list. */
export function gatherValues(pairs: Iterable<readonly [string, string]>): Record<string, string | string[]> {
  const all = new Map<string, string[]>();
  for (const [name, value] of pairs) all.set(name, [...(all.get(name) ?? []), value]);
  return Object.fromEntries(
    Array.from(all, ([name, values]) => [name, values.length === 1 ? (values[0] ?? '') : values]),
  );
}
