const ending = ' is not valid JSON';

/** What the engine says about a text that is not JSON, without the part that it quotes: that may contain a password. */
export function withoutQuote(message: string): string {
  const start = message.search(/, ["'.]/);
  return start >= 0 && message.endsWith(ending) ? message.slice(0, start) + ending : message;
}
