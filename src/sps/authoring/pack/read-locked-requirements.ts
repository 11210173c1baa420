/** One package, as pipenv locks it. */
interface LockedPackage {
  version?: unknown;
  hashes?: unknown;
  markers?: unknown;
  extras?: unknown;
}

/**
 * The runtime packages of a Pipfile.lock as lines of a requirements file, in the order of `pipenv requirements`; or what is wrong with it.
 * Packages from folders and repositories are refused: they may be different tomorrow.
 */
export function readLockedRequirements(text: string): { names: string[]; lines: string[] } | string {
  let lock: unknown;
  try {
    lock = JSON.parse(text);
  } catch (error) {
    return (error as Error).message;
  }
  const { default: packages, _meta: meta } = (lock ?? {}) as {
    default?: Record<string, LockedPackage>;
    _meta?: { sources?: { url?: unknown }[] };
  };
  if (typeof packages !== 'object') return 'has no section "default"';
  const entries = Object.entries(packages);
  const unversioned = entries.find(([, { version }]) => !/^===?[^\s;]+$/.test(String(version)));
  if (unversioned !== undefined) return `${unversioned[0]} is not locked to a version`;
  return {
    names: entries.map(([name]) => name),
    lines: [
      ...indexLines((meta?.sources ?? []).map(({ url }) => String(url))),
      ...entries.map(([name, { version, hashes, markers, extras }]) => {
        const extra = Array.isArray(extras) && extras.length > 0 ? `[${extras.join(',')}]` : '';
        const marker = typeof markers === 'string' ? ` ; ${markers}` : '';
        const checked = Array.isArray(hashes) ? hashes.map((hash) => ` --hash=${String(hash)}`).join('') : '';
        return `${name}${extra}${String(version)}${marker}${checked}`;
      }),
    ],
  };
}

/** The public index is pip's default. The user may have replaced that. */
function indexLines(urls: readonly string[]): string[] {
  const own = urls.filter((url) => !/^https:\/\/pypi\.org\/simple\/?$/.test(url));
  if (own.length < urls.length) return own.map((url) => `--extra-index-url ${url}`);
  return own.map((url, index) => `${index === 0 ? '--index-url' : '--extra-index-url'} ${url}`);
}
