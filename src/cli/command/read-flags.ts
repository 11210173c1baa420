/** What the flags of an option say. */
export interface Flags {
  /** `-p`, undefined for most. */
  short: string | undefined;
  /** `--plugin`. */
  long: string;
  /** `<path>`, `[=port]`; undefined for one without a value. */
  placeholder: string | undefined;
  /** Whether the next word is its value. */
  takesValue: boolean;
}

/** @param flags As declared: `-p, --plugin <path>` */
export function readFlags(flags: string): Flags {
  const [, short, long = '', placeholder] = /^(?:(-\w), )?(--[\w-]+)(?: (.+))?$/.exec(flags) ?? [];
  return { short, long, placeholder, takesValue: placeholder?.startsWith('<') === true };
}
