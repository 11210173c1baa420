import type { DiagnosticCode } from '../format/kv-diagnostic.ts';
import type { Profile } from '../format/kv-message.ts';
import { type Complaint, complaints, foreignComment } from './complaints.ts';
import { type DiagnosticLog, ReadingEnded } from './diagnostic-log.ts';
import { isWordCharacter, Kind, type TokenScanner } from './token-scanner.ts';
import type { OpenGroup } from './tree-builder.ts';

/** Thrown to go on after a line whose string was not closed. */
export class Restarted extends Error {
  readonly open: OpenGroup | undefined;

  constructor(open: OpenGroup | undefined) {
    super();
    this.open = open;
  }
}

/** A string over several lines, and where the reader stood before its item. */
interface BrokenString {
  quote: number;
  brokenAt: number;
  open: OpenGroup | undefined;
  logged: number;
  /** Its end looks like the beginning of another: `"123\n  "termby" = …`. */
  isSuspect: boolean;
}

/** An error further away has another cause. This also limits what is read twice. */
const maxDistance = 65_536;

/**
 * Says what is wrong and where to go on. A string over several lines is legal in compat. But when an error follows, its quote was
 * most likely forgotten: then the reader goes back and ends it with its line.
 */
export class Recovery {
  readonly #scanner: TokenScanner;
  readonly #log: DiagnosticLog;
  readonly #profile: Profile;
  /** Index of the item that is being read. */
  itemStart = 0;
  #open: OpenGroup | undefined;
  #logged = 0;
  #broken: BrokenString | undefined;

  constructor(scanner: TokenScanner, log: DiagnosticLog, profile: Profile) {
    this.#scanner = scanner;
    this.#log = log;
    this.#profile = profile;
  }

  beginItem(open: OpenGroup | undefined): void {
    this.#open = open;
    this.#logged = this.#log.length;
  }

  /** An error in strict, a warning in compat. */
  tolerate(code: DiagnosticCode, at: number, complaint: Complaint): void {
    if (this.#profile === 'strict') this.fail(code, at, complaint);
    else this.#log.warning(code, at, complaint);
  }

  /** An error. @throws Restarted when a string before it is the likely cause. */
  fail(code: DiagnosticCode, at: number, complaint: Complaint & { openedAt?: number | undefined }): void {
    const broken = this.#broken;
    this.#broken = undefined;
    if (broken === undefined || at - broken.quote > maxDistance) {
      this.#log.error(code, at, complaint);
      return;
    }
    this.#log.cut(broken.logged);
    this.#log.warning('KVG010', broken.brokenAt, complaints.lineBreak);
    this.#log.error('KVG002', broken.quote, complaints.notClosedOnLine(this.lineAt(broken.quote)));
    this.#scanner.index = broken.brokenAt;
    throw new Restarted(broken.open);
  }

  /** Of the string that was just read. */
  checkString(): void {
    const { brokenAt, start, isClosed } = this.#scanner;
    if (brokenAt >= 0) {
      this.tolerate('KVG010', brokenAt, complaints.lineBreak);
      if (this.#profile === 'strict') return; // the scanner has ended it with its line
      this.#noteBroken(start, brokenAt);
    }
    if (isClosed) return;
    this.fail('KVG002', start, complaints.notClosed);
    throw new ReadingEnded();
  }

  #noteBroken(quote: number, brokenAt: number): void {
    if (this.#broken?.isSuspect && quote - this.#broken.quote <= maxDistance) return;
    const isSuspect = isWordCharacter(this.#scanner.text.charCodeAt(this.#scanner.index));
    this.#broken = { quote, brokenAt, open: this.#open, logged: this.#logged, isSuspect };
  }

  /** Skips a comment of another language. */
  skipForeignComment(): boolean {
    const { value, start, text } = this.#scanner;
    if (!value.startsWith('//') && !value.startsWith('/*')) return false;
    this.fail('KVG008', start, foreignComment);
    const end = value.startsWith('/*') ? text.indexOf('*/', start + 2) : -1;
    if (end < 0) this.#scanner.skipLine();
    else this.#scanner.index = end + 2;
    return true;
  }

  /** An error at the last token, with the cause that its context suggests. */
  failHere(code: DiagnosticCode, complaint: Complaint): void {
    const { text, start } = this.#scanner;
    const isStray = this.#open === undefined && text.charAt(this.itemStart) !== '"' && start > this.itemStart;
    const cause = this.#hasOddQuotes(this.itemStart) ? complaints.oddQuotes : complaints.strayText.hint;
    this.fail(code, start, isStray || cause === complaints.oddQuotes ? { ...complaint, hint: cause } : complaint);
  }

  /** After a third key or name in a row: text that may begin an item is read as one, another line is skipped. */
  resumeAfter(kind: Kind): void {
    if (kind === Kind.word && this.#open === undefined) this.#scanner.skipLine();
    else if (!this.skipOddLine()) this.#scanner.index = this.#scanner.start;
  }

  skipOddLine(): boolean {
    const isOdd = this.#hasOddQuotes(this.itemStart);
    if (isOdd) this.#scanner.skipLine();
    return isOdd;
  }

  #hasOddQuotes(at: number): boolean {
    return (this.lineAt(at).replace(/\\./g, '').split('"').length - 1) % 2 === 1;
  }

  /** The line around an index; of a very long line only the part nearby. */
  lineAt(at: number): string {
    const { text } = this.#scanner;
    const from = Math.max(0, at - 1000);
    const before = text.slice(from, at);
    const after = /^[^\r\n]*/.exec(text.slice(at, at + 1000))?.[0] ?? '';
    return before.slice(Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1) + after;
  }
}
