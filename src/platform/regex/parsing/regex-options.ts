import { EnumValue } from '../../values/enum-value.ts';

/** Source: .NET, `RegexOptions`. */
export const regexOptions = {
  None: 0,
  IgnoreCase: 1,
  Multiline: 2,
  ExplicitCapture: 4,
  Compiled: 8,
  Singleline: 16,
  IgnorePatternWhitespace: 32,
  RightToLeft: 64,
  ECMAScript: 256,
  CultureInvariant: 512,
  NonBacktracking: 1024,
} as const;

/** `RegexOptions.name`, without regard to case, as two samples write `SingleLine`. */
export function regexOption(name: string): EnumValue | undefined {
  const known = Object.entries(regexOptions).find(([each]) => each.toLowerCase() === name.toLowerCase());
  return known && new EnumValue('RegexOptions', known[1], [known[0]]);
}
