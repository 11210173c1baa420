import path from 'node:path';

/** The release of the SDK in an environment of `python install`, by its interpreter's path; undefined for any other interpreter. */
export function sdkOfEnvironment(interpreter: string): string | undefined {
  return /^sdk-(\d[^/-]*)/.exec(path.basename(path.dirname(path.dirname(interpreter))))?.[1];
}

/** `--sdk 1.9.1 --requirements`: the options of `python install` that mean this environment again; undefined for any other interpreter. */
export function optionsOfEnvironment(interpreter: string): string | undefined {
  const sdk = sdkOfEnvironment(interpreter);
  if (sdk === undefined) return undefined;
  const isOfPlugin = /-r[0-9a-f]{8}$/.test(path.dirname(path.dirname(interpreter)));
  return `--sdk ${sdk}${isOfPlugin ? ' --requirements' : ''}`;
}
