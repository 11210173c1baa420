type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What the environment says of colours besides what Node reads itself (NO_COLOR, FORCE_COLOR, TERM): CLICOLOR_FORCE means colours in a pipe too, CLICOLOR=0
 * none. Undefined where it says nothing. Source: bixense.com/clicolors; NO_COLOR wins, as no-color.org asks.
 */
export function chooseColour({ NO_COLOR, FORCE_COLOR, CLICOLOR, CLICOLOR_FORCE }: Environment): boolean | undefined {
  if (isSet(NO_COLOR)) return FORCE_COLOR === undefined ? false : undefined;
  if (FORCE_COLOR !== undefined) return undefined;
  if (isSet(CLICOLOR_FORCE) && CLICOLOR_FORCE !== '0') return true;
  return CLICOLOR === '0' ? false : undefined;
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}
