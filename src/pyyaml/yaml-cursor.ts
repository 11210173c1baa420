import { YamlError, type Mark } from './yaml-error.ts';

/** What `peek` gives behind the last character. A text never holds it: it is not printable. */
export const endOfText = '\0';

const blanks = new Set([' ', '\t']);
// No carriage return: reading a text file has made line feeds of them.
const breaks = new Set(['\n', '\x85', '\u2028', '\u2029']);

export function isBlank(character: string): boolean {
  return blanks.has(character);
}

export function isBreak(character: string): boolean {
  return breaks.has(character);
}

export function isBreakOrEnd(character: string): boolean {
  return character === endOfText || breaks.has(character);
}

/** A token that ends only before white space, such as `-` and `:`, ends here. */
export function isSpaceOrEnd(character: string): boolean {
  return blanks.has(character) || isBreakOrEnd(character);
}

/** A reading position in a text. */
export class YamlCursor {
  readonly text: string;
  index = 0;
  line = 1;
  #lineStart = 0;

  constructor(text: string) {
    this.text = text;
    if (text.startsWith('\uFEFF')) {
      this.index = 1;
      this.#lineStart = 1;
    }
  }

  /** From 0. */
  get column(): number {
    return this.index - this.#lineStart;
  }

  mark(): Mark {
    return { line: this.line, column: this.column + 1 };
  }

  peek(offset = 0): string {
    return this.text[this.index + offset] ?? endOfText;
  }

  /** Moves over characters that are not line breaks. */
  take(count: number): string {
    const start = this.index;
    this.index += count;
    return this.text.slice(start, this.index);
  }

  takeWhile(isWanted: (character: string) => boolean): string {
    const start = this.index;
    while (this.index < this.text.length && isWanted(this.peek())) this.index += 1;
    return this.text.slice(start, this.index);
  }

  skipSpaces(): void {
    this.takeWhile((character) => character === ' ');
  }

  skipComment(): void {
    if (this.peek() === '#') this.takeWhile((character) => !isBreak(character));
  }

  /** Moves over one line break; the text it stands for, empty when there is none. */
  takeBreak(): string {
    const character = this.peek();
    if (!isBreak(character)) return '';
    this.index += 1;
    this.line += 1;
    this.#lineStart = this.index;
    return character === '\x85' ? '\n' : character;
  }

  /** Whether `---` or `...` is here; at the start of a line, that ends a document. */
  isAtDocumentIndicator(): boolean {
    const start = this.text.slice(this.index, this.index + 3);
    return (start === '---' || start === '...') && isSpaceOrEnd(this.peek(3));
  }

  fail(message: string): never {
    throw new YamlError(message, this.mark());
  }
}

/** A character as an error message shows it. */
export function showCharacter(character: string): string {
  if (character === endOfText) return 'the end';
  if (isBreak(character)) return 'the end of the line';
  return character === '\t' ? 'a tab' : JSON.stringify(character);
}
