import { ExpressionError } from './expression-error.ts';
import { Lexer } from './lexer.ts';
import type { Reference, Token } from './lexer.ts';

/** The word that is next, and what a parser asks of it. */
export class TokenReader {
  readonly #lexer: Lexer;
  #token: Token;

  constructor(text: string, start: number, end: number) {
    this.#lexer = new Lexer(text, start, end);
    this.#token = this.#lexer.next();
  }

  get text(): string {
    return this.#lexer.text;
  }

  get token(): Token {
    return this.#token;
  }

  advance(): Token {
    const token = this.#token;
    this.#token = this.#lexer.next();
    return token;
  }

  is(...operators: string[]): boolean {
    return this.#token.type === 'operator' && operators.includes(this.#token.text);
  }

  passes(operator: string): boolean {
    const isThere = this.is(operator);
    if (isThere) this.advance();
    return isThere;
  }

  require(operator: string): Token {
    if (!this.is(operator)) throw this.unexpected(`'${operator}'`);
    return this.advance();
  }

  requireName(): { text: string; start: number; end: number } {
    if (this.#token.type !== 'name') throw this.unexpected('a name');
    const { text, start, end } = this.#token;
    this.advance();
    return { text, start, end };
  }

  requireQualifiedName(): { text: string; start: number; end: number } {
    const name = this.requireName();
    while (this.passes('.')) {
      const { text, end } = this.requireName();
      name.text += `.${text}`;
      name.end = end;
    }
    return name;
  }

  /** Items with a comma between them, up to the closing word. */
  listUntil<Item>(closing: string, read: () => Item): { items: Item[]; end: number } {
    const items: Item[] = [];
    if (!this.is(closing)) {
      do items.push(read());
      while (this.passes(','));
    }
    return { items, end: this.require(closing).end };
  }

  /** A `%Name%` where an operand stands; elsewhere `%` is an operator. */
  takeReference(): (Reference & { start: number }) | undefined {
    const { start } = this.#token;
    const reference = this.is('%') ? this.#lexer.readReference(start) : undefined;
    if (reference === undefined) return undefined;
    this.#lexer.at = reference.end;
    this.#token = this.#lexer.next();
    return { ...reference, start };
  }

  unexpected(wanted = 'an expression'): ExpressionError {
    const { start, end, type } = this.#token;
    if (type === 'end') return new ExpressionError(`Unexpected end, expected ${wanted}`, start);
    const shown = type === 'text' ? 'a text' : `'${this.text.slice(start, end)}'`;
    return new ExpressionError(`Unexpected ${shown}, expected ${wanted}`, start);
  }

  /** Whether the words ahead are so, without taking them. A fault in them is told when they are really read. */
  looksLike(read: () => boolean): boolean {
    const [token, at] = [this.#token, this.#lexer.at];
    try {
      return read();
    } catch (error) {
      if (error instanceof ExpressionError) return false;
      throw error;
    } finally {
      this.#token = token;
      this.#lexer.at = at;
    }
  }
}
