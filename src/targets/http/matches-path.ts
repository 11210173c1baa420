/** Whether a path is the one that a route names: `*` is one segment, `**` at the end the rest. */
export function matchesPath(named: string, path: string): boolean {
  if (named === '**') return true;
  const expected = named.split('/');
  const got = path.split('/');
  if (expected.at(-1) === '**') {
    const above = expected.slice(0, -1);
    return got.length >= above.length && above.every((segment, index) => matchesSegment(segment, got[index] ?? ''));
  }
  return (
    expected.length === got.length && expected.every((segment, index) => matchesSegment(segment, got[index] ?? ''))
  );
}

function matchesSegment(expected: string, got: string): boolean {
  return expected === got || (expected === '*' && got !== '') || expected === decode(got);
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
