import type { UsedMember } from './expression-names.ts';

/** Methods of values that public scripts call. Source: specification c.4, c.7. */
const methods = `ToString Equals StartsWith Add Cast Select ToArray ToUpper NextMatch Contains GetType IndexOf Remove ToLower ToList
Insert ContainsKey Split EndsWith First Trim Replace Substring FirstOrDefault Count Any Where GetBytes GetString`;

/** Of types. */
const statics: Record<string, string> = {
  Regex: 'IsMatch Match Replace',
  RegexOptions: 'Multiline IgnoreCase Singleline ExplicitCapture',
  String: 'IsNullOrEmpty IsNullOrWhiteSpace Join',
  Convert: 'ToBase64String FromBase64String',
  Encoding: 'UTF8',
  Int32: 'Parse',
  StringComparison: 'Ordinal OrdinalIgnoreCase',
};

function namesIn(text: string): Set<string> {
  return new Set(text.toLowerCase().split(/\s/));
}

const knownMethods = namesIn(methods);
const knownStatics = new Map(Object.entries(statics).map(([type, names]) => [type, namesIn(names)]));

/**
 * Whether a member is one that public scripts use, so that the appliance surely knows it. Members of values that are only read
 * may be fields of any object: nothing is said of these.
 */
export function isKnownMember({ name, type, argumentCount }: UsedMember): boolean {
  const asked = name.toLowerCase();
  if (type !== undefined) return knownStatics.get(type)?.has(asked) === true;
  return argumentCount === undefined || knownMethods.has(asked);
}
