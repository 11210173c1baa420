import type { PlainJson } from '../conversion/from-json.ts';

/** A value that somebody gives for a parameter: a text that is read as the declared type, or data. */
export type GivenValue = { text: string } | { data: PlainJson };

/** Where values come from; of several the first that has one counts. */
export interface ParameterSource {
  /** As a message names it: `--set`, `environment`. */
  name: string;
  values: ReadonlyMap<string, GivenValue>;
  /** Whether a name that the operation does not declare is a mistake. */
  isStrict: boolean;
}
