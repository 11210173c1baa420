/** What an editor finds in the output of a task: by the names of the groups of a problem matcher. */
export function problemsIn(
  output: string,
  { regexp, ...groups }: Record<string, unknown>,
): Record<string, string | undefined>[] {
  return output.split('\n').flatMap((line) => {
    const found = new RegExp(String(regexp)).exec(line);
    if (found === null) return [];
    return [Object.fromEntries(Object.entries(groups).map(([name, group]) => [name, found[Number(group)]]))];
  });
}
