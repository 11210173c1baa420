import { scanBlockScalar } from './scan-block-scalar.ts';
import { canStartPlain, scanPlain } from './scan-plain.ts';
import { scanQuoted } from './scan-quoted.ts';
import { scanAnchorName, scanDirective, scanTag } from './scan-tag.ts';
import { SimpleKeys } from './simple-keys.ts';
import type { Token } from './token.ts';
import { endOfText, isSpaceOrEnd, showCharacter, YamlCursor } from './yaml-cursor.ts';
import type { Mark } from './yaml-error.ts';

/**
 * Cuts a text into tokens as PyYAML does, which follows neither YAML 1.1 nor 1.2 exactly: no tab before a token, quoted text
 * indented freely, one key on a line. Source: PyYAML 6.0, observed.
 */
export class YamlScanner {
  readonly #cursor: YamlCursor;
  readonly #keys: SimpleKeys;
  readonly #tokens: Token[] = [];
  #tokensTaken = 0;
  #isDone = false;
  /** Depth of brackets; 0 is block style. */
  #flowLevel = 0;
  /** Column of the innermost block collection, -1 outside of all. */
  #indent = -1;
  readonly #outerIndents: number[] = [];
  #mayStartKey = true;

  constructor(text: string) {
    this.#cursor = new YamlCursor(text);
    this.#keys = new SimpleKeys(this.#cursor);
  }

  peek(): Token {
    for (;;) {
      if (this.#isDone) break;
      if (this.#tokens.length > 0) {
        this.#keys.dropStale();
        if (this.#keys.first() !== this.#tokensTaken) break;
      }
      this.#fetch();
    }
    const [token] = this.#tokens;
    if (token === undefined) throw new Error('read past the last token');
    return token;
  }

  next(): Token {
    const token = this.peek();
    this.#tokens.shift();
    this.#tokensTaken += 1;
    return token;
  }

  #fetch(): void {
    this.#skipToToken();
    this.#keys.dropStale();
    this.#closeIndents(this.#cursor.column);
    const mark = this.#cursor.mark();
    const character = this.#cursor.peek();
    if (character === endOfText) this.#fetchEnd(mark);
    else if (this.#cursor.column === 0 && character === '%') this.#fetchDirective(mark);
    else if (this.#cursor.column === 0 && this.#cursor.isAtDocumentIndicator()) this.#fetchDocumentIndicator(mark);
    else if (!this.#fetchIndicator(character, mark)) this.#fetchContent(character, mark);
  }

  #skipToToken(): void {
    do {
      this.#cursor.skipSpaces();
      this.#cursor.skipComment();
    } while (this.#skipBreak());
  }

  #skipBreak(): boolean {
    if (this.#cursor.takeBreak() === '') return false;
    if (this.#flowLevel === 0) this.#mayStartKey = true;
    return true;
  }

  #closeIndents(column: number): void {
    if (this.#flowLevel > 0) return;
    while (this.#indent > column) {
      this.#tokens.push({ type: 'block end', mark: this.#cursor.mark() });
      this.#indent = this.#outerIndents.pop() ?? -1;
    }
  }

  #openIndent(column: number): boolean {
    if (this.#indent >= column) return false;
    this.#outerIndents.push(this.#indent);
    this.#indent = column;
    return true;
  }

  #fetchEnd(mark: Mark): void {
    this.#endDocument();
    this.#tokens.push({ type: 'end of file', mark });
    this.#isDone = true;
  }

  #fetchDirective(mark: Mark): void {
    this.#endDocument();
    this.#tokens.push({ type: 'directive', directive: scanDirective(this.#cursor), mark });
  }

  #fetchDocumentIndicator(mark: Mark): void {
    this.#endDocument();
    this.#tokens.push({ type: this.#cursor.take(3) === '---' ? '---' : '...', mark });
  }

  #endDocument(): void {
    this.#closeIndents(-1);
    this.#keys.drop(this.#flowLevel);
    this.#mayStartKey = false;
  }

  /** Takes a character that gives the text its structure; false when there is none. */
  #fetchIndicator(character: string, mark: Mark): boolean {
    const endsHere = isSpaceOrEnd(this.#cursor.peek(1));
    const isFlow = this.#flowLevel > 0;
    if (character === '[' || character === '{') this.#openFlow(character, mark);
    else if (character === ']' || character === '}') this.#closeFlow(character, mark);
    else if (character === ',') this.#separate(',', true, mark);
    else if (character === '-' && endsHere) this.#fetchEntry(mark);
    else if (character === '?' && (isFlow || endsHere)) this.#fetchKey(mark);
    else if (character === ':' && (isFlow || endsHere)) this.#fetchValue(mark);
    else return false;
    return true;
  }

  #openFlow(character: '[' | '{', mark: Mark): void {
    this.#saveKey();
    this.#flowLevel += 1;
    this.#mayStartKey = true;
    this.#cursor.take(1);
    this.#tokens.push({ type: character, mark });
  }

  #closeFlow(character: ']' | '}', mark: Mark): void {
    this.#keys.drop(this.#flowLevel);
    // The parser reports a surplus bracket; nothing is read after it.
    this.#flowLevel -= 1;
    this.#mayStartKey = false;
    this.#cursor.take(1);
    this.#tokens.push({ type: character, mark });
  }

  #separate(character: ',' | '-' | '?' | ':', mayStartKey: boolean, mark: Mark): void {
    this.#mayStartKey = mayStartKey;
    this.#keys.drop(this.#flowLevel);
    this.#cursor.take(1);
    this.#tokens.push({ type: character, mark });
  }

  #fetchEntry(mark: Mark): void {
    if (this.#flowLevel === 0) this.#openBlock('block sequence', 'a list item', mark);
    this.#separate('-', true, mark);
  }

  #fetchKey(mark: Mark): void {
    if (this.#flowLevel === 0) this.#openBlock('block mapping', 'a key', mark);
    this.#separate('?', this.#flowLevel === 0, mark);
  }

  #fetchValue(mark: Mark): void {
    const key = this.#keys.take(this.#flowLevel);
    if (key === undefined) {
      if (this.#flowLevel === 0) this.#openBlock('block mapping', 'a ":"', mark);
      this.#separate(':', this.#flowLevel === 0, mark);
      return;
    }
    const tokens: Token[] = [{ type: '?', mark: key.mark }];
    if (this.#flowLevel === 0 && this.#openIndent(key.mark.column - 1)) {
      tokens.unshift({ type: 'block mapping', mark: key.mark });
    }
    this.#tokens.splice(key.tokenNumber - this.#tokensTaken, 0, ...tokens);
    this.#mayStartKey = false;
    this.#cursor.take(1);
    this.#tokens.push({ type: ':', mark });
  }

  #openBlock(type: 'block sequence' | 'block mapping', what: string, mark: Mark): void {
    if (!this.#mayStartKey) this.#cursor.fail(`${what} is not allowed here; quote the text if it belongs to a value`);
    if (this.#openIndent(mark.column - 1)) this.#tokens.push({ type, mark });
  }

  #fetchContent(character: string, mark: Mark): void {
    if ((character === '|' || character === '>') && this.#flowLevel === 0) {
      this.#mayStartKey = true;
      this.#keys.drop(this.#flowLevel);
      this.#tokens.push({ type: 'scalar', text: scanBlockScalar(this.#cursor, this.#indent), plain: false, mark });
      return;
    }
    const token = this.#scanKeyOrValue(character, mark);
    if (token === undefined) this.#cursor.fail(`${showCharacter(character)} cannot start a value; quote the text`);
    this.#tokens.push(token);
  }

  /** Scans what may turn out to be a key. */
  #scanKeyOrValue(character: string, mark: Mark): Token | undefined {
    const cursor = this.#cursor;
    const isFlow = this.#flowLevel > 0;
    const isPlain = canStartPlain(cursor, isFlow);
    if (!isPlain && !'*&!\'"'.includes(character)) return undefined;
    this.#saveKey();
    this.#mayStartKey = false;
    if (isPlain) {
      const { text, endsAtLineStart } = scanPlain(cursor, { isFlow, indent: this.#indent + 1 });
      this.#mayStartKey = endsAtLineStart;
      return { type: 'scalar', text, plain: true, mark };
    }
    if (character === '*') return { type: 'alias', name: scanAnchorName(cursor), mark };
    if (character === '&') return { type: 'anchor', name: scanAnchorName(cursor), mark };
    if (character === '!') return { type: 'tag', tag: scanTag(cursor), mark };
    return { type: 'scalar', text: scanQuoted(cursor), plain: false, mark };
  }

  #saveKey(): void {
    if (!this.#mayStartKey) return;
    const required = this.#flowLevel === 0 && this.#indent === this.#cursor.column;
    this.#keys.save(this.#flowLevel, {
      tokenNumber: this.#tokensTaken + this.#tokens.length,
      required,
      index: this.#cursor.index,
      mark: this.#cursor.mark(),
    });
  }
}
