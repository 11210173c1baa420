const ending = ' is not valid JSON';

/** What the engine says of a text that is no JSON, without the piece of it that it quotes: a password may stand there. */
export function withoutQuote(message: string): string {
  const start = message.search(/, ["'.]/);
  return start >= 0 && message.endsWith(ending) ? message.slice(0, start) + ending : message;
}
