/** `BOOL` is `TRUE` or `FALSE`; `epoch` counts seconds since 1970 in decimal, `hextime` in hexadecimal; `flag` is `1` or not there. */
export type ValueType =
  'id' | 'text' | 'int' | 'epoch' | 'hextime' | 'bool' | 'BOOL' | 'enum' | 'guid' | 'flag' | 'secret';

/** What `--details` may add: each is a setting of the product. */
export const details = ['user-attributes', 'roles', 'accounts', 'resources'] as const;
export type Detail = (typeof details)[number];

/** What kind of name a group has, so that a fixture can invent one that fits. */
export type NameKind =
  | 'attribute'
  | 'authorizer'
  | 'batch'
  | 'id'
  | 'implementer'
  | 'longid'
  | 'number'
  | 'policy'
  | 'question'
  | 'resource';

export interface PairShape {
  type: ValueType;
  /** Of an enumeration; all of them are open. */
  values: readonly string[];
}

/** A rule about keys of one group; `$name` stands for the group's own name. */
export interface ShapeCase {
  /** Holds when each key has one of these values, or none of those after `not`. */
  when?: Record<string, readonly string[] | { not: readonly string[] }>;
  requires?: readonly string[];
  exactlyOne?: readonly string[];
  anyOf?: readonly string[];
  /** All or none. */
  together?: readonly string[];
}

export interface GroupShape {
  /** Null: any. */
  names: readonly string[] | null;
  items: readonly ItemShape[];
  cases: readonly ShapeCase[];
  /** Items that no shape describes are accepted without a warning. */
  isOpen: boolean;
}

/** What a key may have: a pair, a group, or either. */
export interface ItemShape {
  /** `*`: any key that has no shape of its own. */
  key: string;
  /** Other spellings that the product writes too. */
  aliases: readonly string[];
  /** Spellings on published pages that the product may not accept. */
  slips: readonly string[];
  min: number;
  max: number;
  /** Without it the answer says little. */
  isExpected: boolean;
  /** Why it should not be used any more. */
  obsolete: string | undefined;
  pair: PairShape | undefined;
  group: GroupShape | undefined;
  /** For fixtures. */
  fixture: {
    /** How many there are. */
    count: number;
    value: string | undefined;
    /** Keys for `*`, and for an open group. */
    keys: readonly string[];
    named: NameKind | undefined;
    detail: Detail | undefined;
    isPerson: boolean;
  };
}

export interface MessageShape {
  /** Groups, one of which the root is. */
  roots: readonly ItemShape[];
  /** How the root's key and name are taken: `fixed` by the point, usually `blank`, or `any`. */
  root: 'fixed' | 'blank' | 'any';
}

/**
 * `synchronous`: one input, one output. `filter`: a context, then an answer for each item. `generator`: a context, then an object for each
 * empty group. `download`: an answer, then bytes. `trap`: no answer is expected.
 */
export type PointKind = 'synchronous' | 'filter' | 'generator' | 'download' | 'trap';

/** A plugin point: where the product starts a plugin, and the messages that they exchange. */
export interface Point {
  /** Two digits. */
  id: string;
  /** Names of its settings, in the spelling of the product's pages. */
  settings: readonly string[];
  /** The one by which it was asked for; undefined when that was the number and there are several. */
  setting: string | undefined;
  /** Programs that start it, `-` when that is not published. */
  caller: string;
  kind: PointKind;
  isPublished: boolean;
  source: string;
  /** For a streaming point, the context. */
  input: MessageShape;
  /** For a streaming point, what follows the context; undefined for the others. */
  item: MessageShape | undefined;
  /** For a streaming point, the answer to one item. */
  output: MessageShape;
  /** Names of cross checks. */
  checks: readonly CheckName[];
}

export const checkNames = [
  'attributes-exist',
  'authorizers-suffice',
  'batch-kept',
  'criteria',
  'download',
  'modified-values',
  'notifications',
  'one-escalation',
  'one-line',
  'password-rules',
  'phases',
  'reservation',
  'resources-dropped',
  'resources-exist',
  'same-root',
  'service-changed',
  'split-resources',
  'submit-buttons',
] as const;
export type CheckName = (typeof checkNames)[number];
