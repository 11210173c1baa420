/** One step of a path: a key, and of a group the name that it must have. */
export interface PathStep {
  key: string;
  /** Undefined: any. */
  name: string | undefined;
  /** Whether all that match are meant, not only the first. */
  isAll: boolean;
  /** Whether only groups are meant. */
  isGroup: boolean;
}

/** `key` for a pair, `key[name]` for a group. A backslash is put before `/`, `[`, `]` and `\`, and before a name that is `*`. */
export function renderStep(key: string, name: string | undefined): string {
  if (name === undefined) return escapeStep(key);
  return `${escapeStep(key)}[${name === '*' ? '\\*' : escapeStep(name)}]`;
}

/** @throws SyntaxError */
export function parsePath(path: string): PathStep[] {
  const steps: PathStep[] = [];
  const pattern = /((?:[^\\/[\]]|\\.)*)(?:\[((?:[^\\[\]]|\\.)*)\])?(\/|$)/suy;
  for (;;) {
    const at = pattern.lastIndex;
    const match = pattern.exec(path);
    if (match === null) throw new SyntaxError(`${path}: a step is key or key[name]; ${describeRest(path, at)}`);
    const [whole, key = '', name, end] = match;
    if (whole === '' || whole === '/') throw new SyntaxError(`${path}: a step between two / is empty`);
    const isAll = name === '*';
    steps.push({
      key: unescapeStep(key),
      name: name === undefined || isAll ? undefined : unescapeStep(name),
      isAll,
      isGroup: name !== undefined && !isAll,
    });
    if (end === '') return steps;
    if (pattern.lastIndex === path.length) return steps; // a closing / adds nothing
  }
}

function describeRest(path: string, at: number): string {
  const rest = path.slice(at);
  return rest.lastIndexOf('[') > rest.lastIndexOf(']') ? 'a [ is not closed' : `${rest} is neither`;
}

function escapeStep(text: string): string {
  return text.replace(/[\\/[\]]/g, '\\$&');
}

function unescapeStep(text: string): string {
  return text.replace(/\\(.)/gsu, '$1');
}
