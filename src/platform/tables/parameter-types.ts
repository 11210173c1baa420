/** Types of parameters in canonical case. `Password` stands in the vendor's schema alone. */
export const parameterTypes = [
  'String',
  'Integer',
  'Secret',
  'Boolean',
  'Float',
  'Object',
  'Array',
  'Password',
] as const;

export type ParameterType = (typeof parameterTypes)[number];

/** The type of a name, which is compared without regard to case. */
export function findParameterType(name: string): ParameterType | undefined {
  return parameterTypes.find((type) => type.toLowerCase() === name.toLowerCase());
}
