/**
 * What a property of a verb holds. `value`, `text`, `flag`, `number`, `list` and `object` are substituted, `plain` is not; `expression` is
 * one; `pattern` is a regular expression; `block` holds steps, `cases` those of a `Switch`; `sets` names a variable that the step sets,
 * `reports` one that gets a number or a flag, never a secret; `reads` names one that it reads, `seeks` one that may be missing;
 * `collection` leads to what a `ForEach` goes through.
 */
export type PropertyRole =
  | 'value'
  | 'text'
  | 'flag'
  | 'number'
  | 'list'
  | 'object'
  | 'plain'
  | 'expression'
  | 'pattern'
  | 'block'
  | 'cases'
  | 'sets'
  | 'reports'
  | 'reads'
  | 'seeks'
  | 'collection';

export interface VerbProperty {
  /** In canonical case. */
  name: string;
  role: PropertyRole;
  isRequired: boolean;
  /** Of an `object` whose names are fixed. */
  properties: readonly VerbProperty[];
}

export interface Verb {
  name: string;
  properties: readonly VerbProperty[];
  isEmulated: boolean;
  /** What a payload that is a text, a number and the like stands for. */
  shorthand: string | undefined;
  /** Undocumented: nothing is known of its properties. */
  isOpen: boolean;
  /** Where it is described: the page of the vendor's reference. */
  source: string;
}

interface VerbDetails {
  source: string;
  shorthand?: string;
  isEmulated?: boolean;
  isOpen?: boolean;
}

const notation = /^(?<name>[A-Za-z]+)(?<required>!?):(?<role>[a-z]+)$/;

/**
 * A verb from its compact notation: `Name!:role` for each property, `!` for a required one; what follows an `object` in round brackets
 * are the names in it.
 */
export function verb(name: string, properties: string, details: VerbDetails): Verb {
  return {
    name,
    properties: readProperties(properties),
    isEmulated: details.isEmulated ?? true,
    isOpen: details.isOpen ?? false,
    shorthand: details.shorthand,
    source: details.source,
  };
}

function readProperties(text: string): VerbProperty[] {
  const found = text.match(/[^\s()]+(?:\([^()]*\))?/g) ?? [];
  return found.map((each) => {
    const [own = '', inner = ''] = each.replace(/\)$/, '').split('(');
    const { name = '', required, role } = notation.exec(own)?.groups ?? {};
    return { name, role: role as PropertyRole, isRequired: required === '!', properties: readProperties(inner) };
  });
}
