import type { KvGroup } from '../format/kv-group.ts';
import { complaints } from './complaints.ts';
import { type DiagnosticLog, ReadingEnded } from './diagnostic-log.ts';
import { checkEnd, endMessageBefore, skipStrayLine } from './end-message-before.ts';
import type { ReaderOptions } from './reader-options.ts';
import { Recovery, Restarted } from './recovery.ts';
import { Kind, TokenScanner } from './token-scanner.ts';
import { type OpenGroup, TreeBuilder } from './tree-builder.ts';
import type { TreeRecorder } from './tree-recorder.ts';

/**
 * Reads one group from a text. It goes on after an error, so that all errors are found at once. The tree is only valid when the
 * log has no error.
 */
export class GroupReader {
  readonly #scanner: TokenScanner;
  readonly #log: DiagnosticLog;
  readonly #recovery: Recovery;
  readonly #tree: TreeBuilder;
  readonly #options: ReaderOptions;
  #hasRootPair = false;

  constructor(text: string, log: DiagnosticLog, options: ReaderOptions, recorder?: TreeRecorder) {
    this.#scanner = new TokenScanner(text, log, { endsStrings: options.profile === 'strict' });
    this.#log = log;
    this.#recovery = new Recovery(this.#scanner, log, options.profile);
    this.#options = options;
    this.#tree = new TreeBuilder(log, options, recorder);
  }

  /** Valid when the log has no error. */
  get root(): KvGroup | undefined {
    return this.#tree.root;
  }

  read(): void {
    for (;;) {
      try {
        if (this.#tree.root === undefined) this.#readRoot();
        this.#readItems();
        if (this.#tree.root !== undefined) checkEnd(this.#reading, this.#options, this.#tree.root);
        return;
      } catch (error) {
        if (error instanceof ReadingEnded) return;
        if (!(error instanceof Restarted)) throw error;
        this.#tree.resume(error.open);
      }
    }
  }

  /** Up to the `{` of the root. */
  #readRoot(): void {
    if (this.#options.follows !== undefined) endMessageBefore(this.#reading, this.#options.follows);
    while (this.#tree.open === undefined) {
      const kind = this.#begin();
      if (kind === Kind.end) {
        if (!this.#log.hasErrors) this.#recovery.fail('KVG000', 0, complaints.empty);
        return;
      }
      if (kind === Kind.close) this.#recovery.fail('KVG014', this.#scanner.start, complaints.closeAtRoot);
      else if (kind === Kind.string || kind === Kind.word) this.#readItem(kind);
      else this.#readUnexpected(kind);
    }
  }

  /** Until the root is closed. */
  #readItems(): void {
    for (let open = this.#tree.open; open !== undefined; open = this.#tree.open) {
      const kind = this.#begin();
      switch (kind) {
        case Kind.string:
        case Kind.word:
          this.#readItem(kind);
          break;
        case Kind.close:
          this.#tree.close(open, this.#scanner.index);
          break;
        case Kind.separator:
          if (!this.#options.isV2) this.#recovery.tolerate('KVG005', this.#recovery.itemStart, complaints.separator);
          break;
        case Kind.open:
        case Kind.equals:
          this.#readUnexpected(kind);
          break;
        case Kind.end:
          this.#endEarly(open);
          return;
      }
    }
  }

  /** A `{` is read as the start of a group, so that its `}` does not close another one. */
  #readUnexpected(kind: Kind): void {
    this.#recovery.failHere('KVG005', complaints.unexpected(this.#scanner));
    if (kind === Kind.open) this.#push('', '');
    else if (kind === Kind.equals) this.#recovery.skipOddLine();
  }

  /** After the key of a group, pair or value. */
  #readItem(first: Kind): void {
    if (first === Kind.word && this.#isStray()) return;
    const key = this.#atom(first);
    let kind = this.#next();
    let name: string | undefined;
    if (kind === Kind.string || kind === Kind.word) {
      name = this.#atom(kind);
      kind = this.#next();
    }
    switch (kind) {
      case Kind.equals:
        this.#readContents(key, name);
        return;
      case Kind.open:
        this.#recovery.tolerate('KVG003', this.#scanner.start, complaints.equalsMissing(key, name));
        if (name === undefined) this.#nameless(key);
        this.#push(key, name);
        return;
      case Kind.end:
        this.#endEarly(this.#tree.open);
        return;
      case Kind.string:
      case Kind.word:
        this.#recovery.failHere('KVG003', complaints.threeInARow);
        this.#recovery.resumeAfter(kind);
        return;
      case Kind.separator:
      case Kind.close:
        this.#scanner.index = this.#scanner.start;
        if (name === undefined && this.#tree.open !== undefined) this.#value(key);
        else this.#recovery.failHere('KVG003', complaints.noContents);
        if (this.#tree.open === undefined) this.#scanner.index = this.#scanner.start + 1;
    }
  }

  /** After the `=`. */
  #readContents(key: string, name: string | undefined): void {
    const kind = this.#next();
    switch (kind) {
      case Kind.open:
        if (name === undefined) this.#nameless(key);
        this.#push(key, name);
        return;
      case Kind.string:
      case Kind.word:
        this.#pair(key, name, kind);
        return;
      case Kind.end:
        this.#endEarly(this.#tree.open);
        return;
      default:
        this.#recovery.fail('KVG004', this.#scanner.start, complaints.valueMissing(key));
        if (kind === Kind.close && this.#tree.open !== undefined) this.#scanner.index = this.#scanner.start;
        else if (kind === Kind.equals) this.#readContents(key, name);
    }
  }

  #pair(key: string, name: string | undefined, kind: Kind): void {
    const { start } = this.#scanner;
    const value = this.#atom(kind);
    if (this.#tree.open === undefined) {
      if (!this.#hasRootPair) this.#recovery.fail('KVG016', this.#recovery.itemStart, complaints.pairAtRoot);
      this.#hasRootPair = true;
      return;
    }
    if (name !== undefined) this.#recovery.tolerate('KVG004', start, complaints.namedPair(key, name));
    if (this.#isGroupHead()) {
      this.#next();
      this.#recovery.fail('KVG005', this.#scanner.start, complaints.equalsAfterPair(key, value));
      this.#next();
      this.#push(key, value);
      return;
    }
    this.#tree.add(
      name === undefined ? { k: key, v: value } : { k: key, n: name, v: value },
      this.#recovery.itemStart,
      this.#scanner.index,
    );
  }

  /** Whether a pair goes on with `= {`: then its value was meant as the name of a group. */
  #isGroupHead(): boolean {
    const { index, text } = this.#scanner;
    const ahead = text.charCodeAt(index);
    if (ahead !== 0x20 && ahead !== 0x3d && ahead !== 9) return false;
    groupHead.lastIndex = index;
    return groupHead.test(text);
  }

  #value(value: string): void {
    const { start } = this.#scanner;
    if (!this.#options.isV2) this.#recovery.tolerate('KVG003', start, complaints.noContents);
    if (this.#tree.open !== undefined) this.#tree.add({ v: value }, this.#recovery.itemStart, this.#scanner.index);
  }

  #push(key: string, name: string | undefined): void {
    this.#tree.push(key, name, this.#recovery.itemStart, this.#scanner.index);
  }

  /** The first token of an item. */
  #begin(): Kind {
    this.#recovery.beginItem(this.#tree.open);
    const kind = this.#next();
    this.#recovery.itemStart = this.#scanner.start;
    return kind;
  }

  #next(): Kind {
    const kind = this.#scanner.next();
    if (kind === Kind.string) this.#recovery.checkString();
    else if (kind === Kind.word && this.#recovery.skipForeignComment()) return this.#next();
    return kind;
  }

  #atom(kind: Kind): string {
    const { value, start } = this.#scanner;
    if (kind === Kind.word && !this.#options.isV2) this.#recovery.tolerate('KVG008', start, complaints.word(value));
    return value;
  }

  #nameless(key: string): void {
    if (!this.#options.isV2) this.#recovery.tolerate('KVG017', this.#scanner.start, complaints.nameless(key));
  }

  #isStray(): boolean {
    return this.#tree.open === undefined && skipStrayLine(this.#reading, this.#options);
  }

  get #reading(): { scanner: TokenScanner; recovery: Recovery } {
    return { scanner: this.#scanner, recovery: this.#recovery };
  }

  #endEarly(open: OpenGroup | undefined): never {
    const { start } = this.#scanner;
    this.#recovery.fail('KVG001', start, { ...complaints.endsEarly(open?.group), openedAt: open?.start });
    throw new ReadingEnded();
  }
}

const groupHead = /[ \t]*=[ \t]*\{/y;
