/** What knows the values: some only here and now, such as the stored sessions. */
export type ValueKind =
  | 'file'
  | 'folder'
  /** `@FILE`, where JSON may stand instead. */
  | 'json'
  /** `NAME=…`, an argument of the hook on the line. */
  | 'argument'
  | 'api'
  | 'chaos'
  /** Of `serve`: TYPE/NAME of a plugin, and connection policies. */
  | 'committedPlugin'
  | 'policy'
  | 'hook'
  | 'operation'
  /** `NAME=…` of the operation on the line, as a value or as where a secret is. */
  | 'parameter'
  | 'secretParameter'
  | 'point'
  | 'release'
  | 'reporter'
  | 'scenario'
  | 'sdk'
  | 'session'
  | 'verb';

/** What a word may be, for completion: words, or who knows them. */
export type Completes = ValueKind | readonly string[];

/** What most placeholders of declarations stand for. */
const kinds: Readonly<Record<string, ValueKind>> = {
  file: 'file',
  files: 'file',
  path: 'file',
  paths: 'file',
  dir: 'folder',
  dirs: 'folder',
  json: 'json',
  hook: 'hook',
  operation: 'operation',
  point: 'point',
  scenario: 'scenario',
  session: 'session',
  verb: 'verb',
};

/** @param placeholder As declared: `<file>`, `[hooks...]` */
export function completesOf(placeholder: string): Completes {
  return kinds[placeholder.replace(/[^\w]/g, '')] ?? [];
}
