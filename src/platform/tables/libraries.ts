import type { Library, LibraryFunction } from './library.ts';
import { unixLibraries } from './unix-libraries.ts';
import { windowsLibraries } from './windows-libraries.ts';

/** All that a script may import. */
export const libraries: readonly Library[] = [...unixLibraries, ...windowsLibraries];

/** The library of a name; the appliance matches it exactly. */
export function findLibrary(name: string): Library | undefined {
  return libraries.find((each) => each.name === name);
}

/** The functions that come with imports. */
export function importedFunctions(imports: readonly string[]): LibraryFunction[] {
  return imports.flatMap((name) => findLibrary(name)?.functions ?? []);
}
