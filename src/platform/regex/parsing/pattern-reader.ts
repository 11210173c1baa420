import { PatternError } from './pattern-error.ts';

const blanks = /[ \t\n\v\f\r]+|#[^\n]*/y;
const comment = /\(\?#[^)]*\)/y;

/** The text of a pattern and the place in it. */
export class PatternReader {
  readonly text: string;
  at = 0;

  constructor(text: string) {
    this.text = text;
  }

  get isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** The unit that is so many after the place; empty after the end. */
  peek(after = 0): string {
    return this.text.charAt(this.at + after);
  }

  ahead(length: number): string {
    return this.text.slice(this.at, this.at + length);
  }

  next(): string {
    return this.text.charAt(this.at++);
  }

  startsWith(part: string): boolean {
    return this.text.startsWith(part, this.at);
  }

  passes(part: string): boolean {
    const isThere = this.startsWith(part);
    if (isThere) this.at += part.length;
    return isThere;
  }

  /** What a sticky pattern finds here, which is passed then. */
  take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  /** Passes comments, and white space with `#` comments if the pattern has that option. */
  skipBlanks(skipsWhiteSpace: boolean): void {
    for (;;) {
      const isComment = this.startsWith('(?#');
      if (isComment && this.take(comment) === undefined) this.fail('Unterminated (?#...) comment.');
      const isBlank = skipsWhiteSpace && this.take(blanks) !== undefined;
      if (!isBlank && !isComment) return;
    }
  }

  fail(message: string, at = this.at): never {
    throw new PatternError(message, Math.min(at, this.text.length));
  }
}
