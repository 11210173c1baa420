import { indent } from '../base/indent.ts';
import type { PluginHostError } from '../base/plugin-host-error.ts';
import { knownPlace } from '../base/problem.ts';
import type { TestFailure } from './test-report.ts';

/** The parts of a failure, in order. All texts may be shown: secrets are masked in them. */
export interface FailureParts {
  /** What is not as expected, each of one or more lines; the first line of all is the message. */
  mismatches: readonly string[];
  /** What is shown below them: values, the log, what repeats the case. */
  below?: readonly string[];
  place?: FailurePlace;
}

/** Absent where it is not known. */
export type FailurePlace = Pick<TestFailure, 'file' | 'line'>;

export function composeFailure({ mismatches, below = [], place = {} }: FailureParts): TestFailure {
  const [first = '', ...others] = mismatches;
  const [message = '', ...rest] = first.split('\n');
  return { message, detail: [...rest, ...others, ...below].join('\n'), ...place };
}

/** A title with an indented text below it; nothing when there is no text. */
export function section(title: string, text: string): string[] {
  return text === '' ? [] : [title, indent(text)];
}

/** For a case that could not be run. @param place default: the place of the first problem of the error */
export function failureOfError({ code, message, hint, problems }: PluginHostError, place?: FailurePlace): TestFailure {
  const { line } = knownPlace(problems?.[0] ?? {});
  return { message: `${code}: ${message}`, detail: hint, ...(place ?? (line !== undefined && { line })) };
}

/** A case is at fault for it, so that it fails and the others run; anything else ends the run. */
export function isFaultOfCase({ exitCode }: PluginHostError): boolean {
  return exitCode <= 2;
}
