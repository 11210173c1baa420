import path from 'node:path';
import { tryReadText } from '../../../documents/decode-text.ts';
import { normalizeName } from '../python/pins.ts';
import type { Dependencies } from './read-dependencies.ts';

/** Packages whose version is fixed where the dependencies are written down, by normalized name. */
export function findPinned(root: string, { source, lines }: Pick<Dependencies, 'source' | 'lines'>): Set<string> {
  return new Set(pinsIn(path.join(root, source), lines ?? undefined, []));
}

function pinsIn(file: string, given: readonly string[] | undefined, above: readonly string[]): string[] {
  if (above.includes(file)) return [];
  const lines = given ?? readLines(file);
  return lines.flatMap((line) => {
    const [, nested] = /^\s*(?:-r|-c|--requirement|--constraint)[\s=]*([^\s#]+)/.exec(line) ?? [];
    if (nested !== undefined) return pinsIn(path.resolve(path.dirname(file), nested), undefined, [...above, file]);
    const [, name] = /^\s*([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?\s*===?\s*[^\s,;*]+(?=\s|;|$)/.exec(line) ?? [];
    return name === undefined ? [] : [normalizeName(name)];
  });
}

/** None for a file that cannot be read: pip reports that. */
function readLines(file: string): string[] {
  const read = tryReadText(file, file);
  return 'text' in read ? read.text.replace(/\\\r?\n/g, ' ').split('\n') : [];
}
