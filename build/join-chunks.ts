import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build, type BuildOptions, type Metafile } from 'esbuild';

/**
 * Joins chunks that are always loaded together, each group into one file: a file less to resolve, read and link is 0.1 ms less at every start, and a command
 * had a hundred. What other chunks import of a joined one they find in a file of its old name.
 * @param roots For each group, source files that are entries or imported dynamically; a group has all that these import, without what is in groups before it
 */
export async function joinChunks(
  dist: string,
  { outputs }: Metafile,
  options: BuildOptions,
  roots: readonly (readonly string[])[],
): Promise<void> {
  const chunks = new Map(Object.entries(outputs).map(([file, output]) => [path.basename(file), output]));
  const importsOf = (file: string, isWanted: (kind: string) => boolean): string[] =>
    (chunks.get(file)?.imports ?? [])
      .filter(({ kind, external }) => external !== true && isWanted(kind))
      .map(({ path: each }) => path.basename(each));
  const chunkOf = (source: string): string => {
    const found = [...chunks].find(([, { entryPoint }]) => entryPoint === source);
    if (found === undefined) throw new Error(`${source} has no chunk of its own`);
    return found[0];
  };
  const closureOf = (files: readonly string[]): Set<string> => {
    const found = new Set<string>();
    const open = [...files];
    for (let file = open.pop(); file !== undefined; file = open.pop()) {
      if (found.has(file)) continue;
      found.add(file);
      open.push(...importsOf(file, (kind) => kind === 'import-statement'));
    }
    return found;
  };
  const taken = new Set<string>();
  /** Files that only lead to a joined one. */
  const signposts = new Set<string>();
  for (const group of roots) {
    const members = [...closureOf(group.map(chunkOf))].filter((file) => !taken.has(file));
    for (const file of members) taken.add(file);
    const [first] = group;
    if (first === undefined) continue;
    await joinGroup(chunkOf(first), members);
  }

  async function joinGroup(joined: string, members: readonly string[]): Promise<void> {
    const isMember = new Set(members);
    const names = (file: string): string[] => chunks.get(file)?.exports ?? [];
    const nameIn = (file: string, name: string): string => `m${members.indexOf(file)}_${name}`;
    const exported = members.flatMap((file) => {
      const all = names(file).map((name) => `${name} as ${nameIn(file, name)}`);
      const own = file === joined ? names(file) : [];
      return [`export { ${[...all, ...own].join(', ')} } from './${file}';`];
    });
    const { outputFiles } = await build({
      ...options,
      stdin: { contents: exported.join('\n'), resolveDir: dist },
      outdir: dist,
      splitting: false,
      metafile: false,
      write: false,
      banner: {},
      plugins: [
        {
          name: 'others-stay-outside',
          setup(bundler) {
            bundler.onResolve({ filter: /^\.\// }, ({ path: file, kind }) =>
              (isMember.has(path.basename(file)) || signposts.has(path.basename(file))) && kind !== 'dynamic-import'
                ? { path: path.join(dist, path.basename(file)) }
                : { path: file, external: true },
            );
          },
        },
      ],
    });
    const contents = outputFiles[0]?.contents;
    if (contents === undefined) throw new Error(`${joined} was not built`);
    const others = [...chunks.keys()].filter((file) => !isMember.has(file));
    const wanted = new Set([
      ...others.flatMap((file) => importsOf(file, () => true)),
      ...members.flatMap((file) => importsOf(file, (kind) => kind === 'dynamic-import')),
    ]);
    writeFileSync(path.join(dist, joined), contents);
    for (const file of members) {
      if (file === joined) continue;
      const again = names(file).map((name) => `${nameIn(file, name)} as ${name}`);
      if (wanted.has(file)) {
        writeFileSync(path.join(dist, file), `export { ${again.join(', ')} } from './${joined}';\n`);
        signposts.add(file);
      } else rmSync(path.join(dist, file));
    }
  }
}
