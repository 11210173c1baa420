import type { Terminal } from '../terminal/create-terminal.ts';
import type { Completes } from './completes.ts';
import { type GivenOptions, option, type Option } from './option.ts';

/** Two options that exclude each other. */
interface Conflict<Key> {
  between: readonly [Key, Key];
  /** With one of these, neither matters. */
  unless?: readonly Key[];
  /** Why, in one sentence. */
  message: string;
}

/** A command as data: help, completion and the types of its function are made from it. It loads nothing of what it runs. */
export interface Declaration<Usage extends string = string, Each extends Option = Option> {
  /** Its name, then its arguments: `diff <name> [n]`. */
  readonly usage: Usage;
  readonly summary: string;
  /** Works as typed. */
  readonly example: string;
  readonly options: readonly Each[];
  /** Its arguments, if help shows others. */
  readonly shownUsage?: string | undefined;
  /** What its arguments may be, one after the other, for completion; default: what the placeholders stand for. */
  readonly completes?: readonly Completes[] | undefined;
  readonly conflicts?: readonly Conflict<string>[] | undefined;
}

interface Details<Each extends Option> {
  summary: string;
  example: string;
  options?: readonly Each[];
  shownUsage?: string;
  completes?: readonly Completes[];
  conflicts?: readonly Conflict<keyof GivenOptions<Each | JsonOption> & string>[];
}

type JsonOption = typeof jsonOption;
const jsonOption = option('--json', 'print one JSON document');

/** A command that can answer in JSON. */
export function declareCommand<const Usage extends string, const Each extends Option = never>(
  usage: Usage,
  { options = [], ...details }: Details<Each>,
): Declaration<Usage, JsonOption | Each> {
  return { usage, ...details, options: [...options, jsonOption] };
}

/** A command without `--json`: it prints in one form only. */
export function declarePlainCommand<const Usage extends string, const Each extends Option = never>(
  usage: Usage,
  { options = [], ...details }: Pick<Details<Each>, 'summary' | 'example' | 'completes' | 'options'>,
): Declaration<Usage, Each> {
  return { usage, ...details, options };
}

/** What a command gets as its options. */
export type OptionsOf<Declared extends Declaration> =
  Declared extends Declaration<string, infer Each> ? GivenOptions<Each> : never;

/** What a command does with its arguments and options; it resolves to the exit code. */
export type Run<Declared extends Declaration> =
  Declared extends Declaration<infer Usage, infer Each>
    ? (terminal: Terminal, ...given: [...ArgumentsOf<Usage>, GivenOptions<Each>]) => Promise<number>
    : never;

type ArgumentsOf<Usage extends string> = Usage extends `${string} ${infer Words}` ? ValuesOf<Words> : [];

type ValuesOf<Words extends string> = Words extends `${infer First} ${infer Others}`
  ? [ValueOf<First>, ...ValuesOf<Others>]
  : [ValueOf<Words>];

type ValueOf<Word extends string> = Word extends `${string}...${string}`
  ? string[]
  : Word extends `<${string}`
    ? string
    : string | undefined;
