import type { Completes } from './completes.ts';

/** What an option is besides its flags. */
export interface OptionDetails {
  /** Taken when it is not given. */
  default?: string;
  /** Turns the word into a value. @throws InvalidArgumentError */
  parse?: (word: string) => unknown;
  choices?: readonly string[];
  /** May be given several times; all values come, in their order. */
  isRepeatable?: true;
  isRequired?: true;
  /** What its value may be, for completion; default: its choices, or what the placeholder stands for. */
  completes?: Completes;
}

/** One option of a command. What the command gets for it follows from the flags and the details, see `GivenOptions`. */
export interface Option<Flags extends string = string, Details extends OptionDetails = OptionDetails> {
  /** As commander writes them: `-p, --plugin <path>`, `--watch`, `--no-import`. */
  readonly flags: Flags;
  readonly text: string;
  readonly details: Details;
  /** Heading in the help below which it stands; undefined: with the command's own. */
  readonly group?: string;
}

export function option<const Flags extends string>(flags: Flags, text: string): Option<Flags>;
export function option<const Flags extends string, const Details extends OptionDetails>(
  flags: Flags,
  text: string,
  details: Details,
): Option<Flags, Details>;
export function option(flags: string, text: string, details: OptionDetails = {}): Option {
  return { flags, text, details };
}

/** The same options below a heading of their own in the help. */
export function inGroup<Each extends Option>(group: string, options: readonly Each[]): Each[] {
  return options.map((each) => ({ ...each, group }));
}

/** The values of options by their names: `--sps-version <version>` is `spsVersion`. Those that may be absent are optional. */
export type GivenOptions<Each extends Option> = Plain<
  { [One in Sure<Each> as KeyOf<One['flags']>]: ValueOf<One> } & {
    [One in Exclude<Each, Sure<Each>> as KeyOf<One['flags']>]?: ValueOf<One>;
  }
>;

type Plain<T> = { [Key in keyof T]: T[Key] };

/** Those that always have a value. */
type Sure<Each extends Option> = Each extends
  Option<string, { default: string }> | Option<string, { isRequired: true }> | Option<`--no-${string}`>
  ? Each
  : never;

type ValueOf<One extends Option> = One['details'] extends { isRepeatable: true } ? SingleOf<One>[] : SingleOf<One>;

type SingleOf<One extends Option> =
  One extends Option<`--no-${string}`>
    ? boolean
    : One['details'] extends { parse: (word: string) => infer Value }
      ? Value
      : One['details'] extends { choices: readonly (infer Choice)[] }
        ? Choice
        : One['flags'] extends `${string} ${'<' | '['}${string}`
          ? string
          : true;

type KeyOf<Flags extends string> = Flags extends `${string}--${infer Long}`
  ? CamelCase<FirstWord<Long> extends `no-${infer Positive}` ? Positive : FirstWord<Long>>
  : never;

type FirstWord<Text extends string> = Text extends `${infer Word} ${string}` ? Word : Text;

type CamelCase<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Name;
