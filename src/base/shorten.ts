const maxShown = 80;

/** A value as a message shows it: its start is enough, because it may be as long as a file. */
export function shorten(text: string): string {
  return text.length > maxShown ? `${text.slice(0, maxShown)}…` : text;
}
