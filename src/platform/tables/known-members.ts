/**
 * What can be called on a value. Source: specification c.4, c.7; that the appliance knows more is likely, but nothing says so.
 */
const methods =
  words(`ToString Equals StartsWith EndsWith Contains IndexOf Remove Replace Insert Trim ToUpper ToLower Split Substring
Add Cast Select ToArray ToList NextMatch GetType ContainsKey First FirstOrDefault Count Any Where GetBytes GetString`);

/** What can be called on a type, or read of it. */
const ofTypes: Record<string, readonly string[]> = {
  Regex: words('IsMatch Match Replace'),
  RegexOptions: words('None IgnoreCase Multiline Singleline ExplicitCapture IgnorePatternWhitespace'),
  String: words('IsNullOrEmpty IsNullOrWhiteSpace Join'),
  Int32: words('Parse'),
  Convert: words('ToBase64String FromBase64String'),
  Encoding: words('UTF8'),
  StringComparison: words(
    'Ordinal OrdinalIgnoreCase InvariantCulture InvariantCultureIgnoreCase CurrentCulture CurrentCultureIgnoreCase',
  ),
};

/** Whether a member is of the known set. Only calls are judged on values: their data members are anything. */
export function isKnownMember(name: string, type: string | undefined): boolean {
  return knownMembers(type).some((each) => each.toLowerCase() === name.toLowerCase());
}

/** @param type The bound type whose members are asked for; undefined for what can be called on a value. */
export function knownMembers(type: string | undefined): readonly string[] {
  return type === undefined ? methods : (ofTypes[type] ?? []);
}

function words(text: string): string[] {
  return text.split(/\s+/);
}
