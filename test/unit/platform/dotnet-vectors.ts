import { readFileSync } from 'node:fs';
import path from 'node:path';

/** What .NET itself answered; `make-dotnet-vectors.cs` beside the file says how it was made. */
interface DotnetVectors {
  doubles: [roundTrip: string, text: string][];
  formats: [kind: 'int' | 'double', value: number, format: string, text: string | null][];
  parse: [text: string, value: number | null][];
  arithmetic: [a: number, b: number, ...results: (number | null)[]][];
  texts: [method: string, text: string, given: (string | number)[], result: unknown][];
  composite: [format: string, text: string | null][];
  /** Of each match, of each group, its name and captures. */
  regexes: [
    pattern: string,
    options: number,
    text: string,
    matches: [name: string, [at: number, text: string][]][][] | null,
  ][];
  replacements: [text: string, pattern: string, replacement: string, result: string | null][];
  splits: [text: string, pattern: string, pieces: string[] | null][];
  escapes: [text: string, escaped: string][];
}

const file = path.resolve(import.meta.dirname, '../../fixtures/dotnet/dotnet.json');

export const dotnetVectors = JSON.parse(readFileSync(file, 'utf8')) as DotnetVectors;
