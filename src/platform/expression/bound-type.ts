/**
 * The types that expressions may name, by every spelling that is bound. Source: specification c.5; the list is closed, what
 * else is written like a type is an undeclared variable.
 */
const types: Record<string, string> = {
  Regex: 'Regex',
  'System.Text.RegularExpressions.Regex': 'Regex',
  RegexOptions: 'RegexOptions',
  'System.Text.RegularExpressions.RegexOptions': 'RegexOptions',
  Capture: 'Capture',
  string: 'String',
  String: 'String',
  'System.String': 'String',
  int: 'Int32',
  'System.Int32': 'Int32',
  bool: 'Boolean',
  'System.Boolean': 'Boolean',
  Convert: 'Convert',
  'System.Convert': 'Convert',
  'System.Text.Encoding': 'Encoding',
  StringComparison: 'StringComparison',
  'System.StringComparison': 'StringComparison',
  DiscoveredGroup: 'DiscoveredGroup',
};

/** Words of C# itself, in a cast or between `<` and `>`. */
const keywords: Record<string, string> = {
  string: 'String',
  int: 'Int32',
  long: 'Int64',
  bool: 'Boolean',
  double: 'Double',
  float: 'Double',
  object: 'Object',
  dynamic: 'Object',
};

/** Can be made with `new`, or stand between `<` and `>`. */
const others: Record<string, string> = { List: 'List', Match: 'Match', Group: 'Group', JToken: 'JToken' };

function lookUp(table: Record<string, string>, name: string): string | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** The type that a name, perhaps a qualified one, stands for. */
export function boundType(name: string): string | undefined {
  return lookUp(types, name);
}

/** The type that `(name)` casts to. */
export function castType(name: string): string | undefined {
  return lookUp(keywords, name) ?? (name === 'String' ? 'String' : undefined);
}

/** The type of `new name` or `<name>`. */
export function namedType(name: string): string | undefined {
  return lookUp(keywords, name) ?? lookUp(types, name) ?? lookUp(others, name);
}
