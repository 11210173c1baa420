import { Interpolation, readOptions } from './read-options.ts';

/** The options of a configuration text by `section.option`, the option in lower case. */
export function optionValues(configuration: string): Record<string, string> {
  const options = readOptions(configuration);
  const interpolation = new Interpolation(options);
  return Object.fromEntries(
    options.map((option) => [`${option.section}.${option.name}`, interpolation.valueOf(option)]),
  );
}
