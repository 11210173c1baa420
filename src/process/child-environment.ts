/** Source: product contract, project file: nothing else of the user's environment reaches a plugin. */
const passedOn = ['PATH', 'HOME', 'LANG', 'TZ'];

export interface EnvironmentSettings {
  /** The user's environment, of which a child gets PATH, HOME, LANG and TZ. */
  hostEnvironment: Readonly<Record<string, string | undefined>>;
  /** Added to it; wins. */
  environment: Readonly<Record<string, string>>;
}

/** @param defaults What a child gets unless its settings say otherwise. */
export function childEnvironment(
  { hostEnvironment, environment }: EnvironmentSettings,
  defaults: Readonly<Record<string, string>>,
): Record<string, string> {
  const passed = passedOn.flatMap((name): [string, string][] => {
    const value = hostEnvironment[name];
    return value === undefined ? [] : [[name, value]];
  });
  return { ...Object.fromEntries(passed), ...defaults, ...environment };
}
