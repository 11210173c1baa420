/** A text up to the next place where something else begins. Sticky. */
const blank = /[ \t\n\r]*/y;
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y;
const other = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** Where a text stops to be JSON, as line and column from 1. Undefined when it is JSON. Engines say it in their own ways, or not at all. */
export function findJsonFault(text: string): { line: number; column: number } | undefined {
  let at = 0;
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found === null) return false;
    at += found[0].length;
    return true;
  };
  const sign = (expected: string): boolean => {
    take(blank);
    if (text[at] !== expected) return false;
    at += 1;
    return true;
  };
  /** Items up to the end of a list or mapping. */
  const items = (end: string, item: () => boolean): boolean => {
    if (sign(end)) return true;
    do if (!item()) return false;
    while (sign(','));
    return sign(end);
  };
  const value = (): boolean => {
    take(blank);
    if (sign('{')) return items('}', () => (take(blank), take(string)) && sign(':') && value());
    if (sign('[')) return items(']', value);
    return take(string) || take(other);
  };
  const isWhole = value();
  take(blank);
  if (isWhole && at === text.length) return undefined;
  const before = text.slice(0, at).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
