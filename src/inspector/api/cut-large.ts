// Runs in the page as well: an exported file has all of each step.

/** Of a step that is cut: what a long text, and a long list, keeps. */
const keptText = 4096;
const keptItems = 100;

/** A step that is small enough, else with its long texts and lists cut and, in `cut`, the bytes of all of it. */
export function cutLarge<S extends { outcome: { log: string } }>(
  step: S,
  most: number,
): S & { cut?: { bytes: number } } {
  const bytes = JSON.stringify(step).length;
  if (bytes <= most) return step;
  const { log } = step.outcome;
  const cut = cutValue(step) as S;
  const kept = log.length <= most / 4 ? log : `${log.slice(0, most / 4)}\n[… ${log.length - most / 4} characters more]`;
  return { ...cut, outcome: { ...cut.outcome, log: kept }, cut: { bytes } };
}

function cutValue(value: unknown): unknown {
  if (typeof value === 'string') {
    const over = value.length - keptText;
    return over > 0 ? `${value.slice(0, keptText)} [… ${over} characters more]` : value;
  }
  if (Array.isArray(value)) {
    const kept = value.slice(0, keptItems).map(cutValue);
    return value.length > keptItems ? [...kept, `[… ${value.length - keptItems} items more]`] : kept;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  // Long names are cut too; two that begin alike stay two.
  const kept = entries
    .slice(0, keptItems)
    .map(([key, each], index): [string, unknown] => [
      key.length > keptText
        ? `${key.slice(0, keptText)} [… ${key.length - keptText} characters more, key ${index + 1}]`
        : key,
      cutValue(each),
    ]);
  if (entries.length > keptItems) kept.push(['…', `[… ${entries.length - keptItems} keys more]`]);
  return Object.fromEntries(kept);
}
