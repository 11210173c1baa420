import type { KvDiagnostic, KvPosition } from './kv-diagnostic.ts';
import type { KvGroup, KvItem } from './kv-group.ts';

/** `strict` is what the product writes; `compat` also accepts what its samples and plugins contain, with a warning for each deviation. */
export type Profile = 'strict' | 'compat';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'utf-32le' | 'utf-32be' | 'cp1252';

export interface ParseOptions {
  /** Default `compat`. */
  profile?: Profile;
  /** Of bytes without a byte-order mark: default `utf-8`. A mark always decides. */
  encoding?: 'utf-8' | 'cp1252';
  /** Levels of groups, the root being 1; default 256. */
  maxDepth?: number;
  /** Default 16 MiB. */
  maxBytes?: number;
  /** Groups, pairs and values; default 1,000,000. */
  maxItems?: number;
  /** Remember the place of every item, for `positionOf`. */
  positions?: boolean;
  /** Remember blanks, comments and spelling, for `printAsWritten`. */
  layout?: boolean;
}

export interface KvMessage {
  /** Of the header; null without one, or with one that is not known. */
  version: '1.0' | '1.1' | '2.0' | null;
  encoding: Encoding;
  /** Whether the bytes began with a byte-order mark. */
  bom: boolean;
  eol: '\n' | '\r\n' | '\r';
  /** Undefined exactly when a diagnostic is an error. */
  root: KvGroup | undefined;
  /** In the order of their places; after the first few hundred the rest is left out, but never the only error. */
  diagnostics: KvDiagnostic[];
  /** Where a group or pair of the tree begins; undefined for what was added later, and without `positions`. */
  positionOf: (item: KvItem) => KvPosition | undefined;
  layout?: Layout;
}

/** How an item was written: the text before it, and its own text as long as it has not changed. */
export interface ItemLayout {
  /** Blanks and comments between the item before, or the brace, and this one. */
  before: string;
  /** A pair or value: all of it. A group: from its key to its `{`. */
  head: string;
  /** A group: from the end of its last item to its `}` and separator. */
  tail: string;
  k: string;
  n: string | undefined;
  v: string | undefined;
}

export interface Layout {
  items: Map<KvItem, ItemLayout>;
  /** What follows the root. */
  after: string;
}
