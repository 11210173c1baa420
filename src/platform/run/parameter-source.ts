import type { PlainJson } from '../conversion/from-json.ts';

/** A value that somebody gives for a parameter: a text that is read as the declared type, or data. */
export type GivenValue = { text: string } | { data: PlainJson };

/** A reference that gave nothing, such as a variable that is not set. */
export interface EmptyReference {
  /** What gave nothing, as a clause: `the environment variable VAR of --secret NAME is not set`. */
  reason: string;
  hint: string;
}

/** Where values come from; of several the first that has one counts. */
export interface ParameterSource {
  /** As a message names it: `--set`, `environment`. */
  name: string;
  values: ReadonlyMap<string, GivenValue | EmptyReference>;
  /** Whether a name that the operation does not declare is a mistake, and a reference that gives nothing keeps the later sources out. */
  isStrict: boolean;
}
