import { styleText } from 'node:util';
import { printJson } from '../../base/json.ts';
import { renderDuration } from '../../base/parse-duration.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { chooseColour } from './choose-colour.ts';
import { sanitize } from './sanitize.ts';
import { cutCells } from './wrap-cells.ts';
import { wrapLines } from './wrap-lines.ts';

export type Paint = (style: 'red' | 'green' | 'yellow' | 'cyan' | 'bold' | 'dim', text: string) => string;

/** How much is told, and how; the options of every command change it. */
export interface Manner {
  /** Only data and errors. */
  isQuiet: boolean;
  /** Also how programs are started. */
  isVerbose: boolean;
  /** Undefined: what the streams are decides. */
  hasColour: boolean | undefined;
}

/** The only way to the user: data to stdout, talk to stderr, colour only where it can be seen. */
export interface Terminal {
  readonly manner: Manner;
  /** Data, as it is. */
  print: (text: string) => void;
  /** Text for people: in a terminal, lines that are longer than it is wide are broken between words. */
  show: (text: string) => void;
  printJson: (document: unknown) => void;
  /** Talk: nothing when it is to be quiet. */
  say: (text: string) => void;
  /** Errors, and what a person cannot do without, such as an address. */
  sayAnyway: (text: string) => void;
  paint: Paint;
  paintError: Paint;
  /** Cells of a line of standard output; always the same if it is not a terminal. */
  columns: () => number;
  /** Shows lines of a plugin's log, above the progress; undefined where nobody watches. */
  showLog: ((lines: readonly string[]) => void) | undefined;
  /** Shows how long something runs, in a terminal, until the returned function is called. @param allowedMs Undefined: as long as it takes */
  progress: (label: string, allowedMs?: number) => () => void;
  /** Aborted by Ctrl-C and the other polite signals. */
  interrupted: AbortSignal;
  /** Aborted by the second signal. */
  interruptedAgain: AbortSignal;
  /** Does what Ctrl-C does; for code that reads the keys itself. */
  interrupt: () => void;
  close: () => void;
}

const columnsWithoutTerminal = 80;

/** What still runs this long after the second interruption ends with the host. */
const patienceMs = 3000;

const interruptedExitCode = 130;

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export function createTerminal(environment: Readonly<Record<string, string | undefined>> = process.env): Terminal {
  const manner: Manner = { isQuiet: false, isVerbose: false, hasColour: chooseColour(environment) };
  const interruption = new AbortController();
  const secondInterruption = new AbortController();
  const onSignal = (signal: NodeJS.Signals): void => {
    if (secondInterruption.signal.aborted) process.exit(interruptedExitCode);
    const isSecond = interruption.signal.aborted;
    const next = isSecond ? secondInterruption : interruption;
    if (isSecond) setTimeout(() => process.exit(interruptedExitCode), patienceMs).unref();
    next.abort(
      new PluginHostError('INTERRUPTED', `interrupted by ${signal}`, {
        hint: 'The running call is not stored; everything that it started has ended.',
      }),
    );
  };
  for (const signal of signals) process.on(signal, onSignal);
  // `plugin-host … | head` is not a failure.
  process.stdout.on('error', ignoreClosedPipe);
  process.stderr.on('error', () => undefined); // nobody hears, and there is nowhere else to say it
  const paintFor =
    (stream: NodeJS.WriteStream): Paint =>
    (style, text) =>
      manner.hasColour === false ? text : styleText(style, text, { stream, validateStream: manner.hasColour !== true });
  const paintError = paintFor(process.stderr);
  const { progress, above } = createProgress();
  const print = (text: string): boolean =>
    above(process.stdout, () => process.stdout.write(text.endsWith('\n') ? text : `${text}\n`));
  const sayAnyway = (text: string): boolean =>
    above(process.stderr, () => process.stderr.write(`${wrapFor(process.stderr, text)}\n`));
  return {
    manner,
    print,
    show: (text) => print(wrapFor(process.stdout, text)),
    printJson: (document) => print(printJson(document)),
    say: (text) => manner.isQuiet || sayAnyway(text),
    sayAnyway,
    paint: paintFor(process.stdout),
    paintError,
    columns: () => columnsOf(process.stdout),
    progress: (...given) => (manner.isQuiet ? () => undefined : progress(...given)),
    get showLog() {
      if (!process.stderr.isTTY || manner.isQuiet) return undefined;
      return (lines: readonly string[]) => {
        sayAnyway(lines.map((line) => paintError('dim', wrapFor(process.stderr, sanitize(line)))).join('\n'));
      };
    },
    interrupted: interruption.signal,
    interruptedAgain: secondInterruption.signal,
    interrupt: () => {
      onSignal('SIGINT');
    },
    close() {
      for (const signal of signals) process.off(signal, onSignal);
    },
  };
}

function columnsOf(stream: NodeJS.WriteStream): number {
  return (stream.isTTY && stream.columns) || columnsWithoutTerminal;
}

/** A pipe gets every line whole: whoever reads it looks for words. */
function wrapFor(stream: NodeJS.WriteStream, text: string): string {
  return stream.isTTY ? wrapLines(text, columnsOf(stream)) : text;
}

const progressMs = 1000;

const clearLine = '\r\u001b[K';

interface Progress extends Pick<Terminal, 'progress'> {
  /** Writes lines where the rewritten line stands, which goes on below them. */
  above: (stream: NodeJS.WriteStream, write: () => boolean) => boolean;
}

/** One line of the terminal that is rewritten, and lines that are written above it meanwhile. */
function createProgress(): Progress {
  let shown = '';
  const show = (text: string): void => {
    process.stderr.write(`${shown === '' ? '' : clearLine}${text}`);
    shown = text;
  };
  return {
    progress: (label, allowedMs) => {
      if (!process.stderr.isTTY) return () => undefined;
      const startedAt = performance.now();
      const timer = setInterval(() => {
        const allowed = allowedMs === undefined ? '' : ` of ${renderDuration(allowedMs)}`;
        const time = `  ${renderDuration(performance.now() - startedAt)}${allowed} `;
        // A line that is broken cannot be rewritten; a terminal adds ^C.
        show(`${cutCells(label, columnsOf(process.stderr) - time.length - 3)}${time}`);
      }, progressMs);
      return () => {
        clearInterval(timer);
        show('');
      };
    },
    above: (stream, write) => {
      const last = stream.isTTY ? shown : '';
      if (last === '') return write();
      show('');
      const isFlowing = write();
      show(last);
      return isFlowing;
    },
  };
}

function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') return;
  process.stderr.write(`HOST_FAILED  standard output: ${error.message}\n  Free space on its disk.\n`);
  process.exit(3);
}
