import { styleText } from 'node:util';
import { printJson } from '../../base/json.ts';
import { renderDuration } from '../../base/parse-duration.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { sanitize } from './sanitize.ts';

export type Paint = (style: 'red' | 'green' | 'yellow' | 'cyan' | 'bold' | 'dim', text: string) => string;

/** The only way to the user: data to stdout, talk to stderr, colour only where it can be seen. */
export interface Terminal {
  print: (text: string) => void;
  printJson: (document: unknown) => void;
  say: (text: string) => void;
  paint: Paint;
  paintError: Paint;
  /** Cells of a line of standard output; always the same if it is not a terminal. */
  columns: () => number;
  /** Shows lines of a plugin's log, above the progress; undefined where nobody watches. */
  showLog: ((lines: readonly string[]) => void) | undefined;
  /** Shows how long something runs, in a terminal, until the returned function is called. */
  progress: (label: string, allowedMs: number) => () => void;
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

export function createTerminal(): Terminal {
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
  const paintFor =
    (stream: NodeJS.WriteStream): Paint =>
    (style, text) =>
      styleText(style, text, { stream });
  const { progress, showAbove } = createProgress();
  return {
    print: (text) => process.stdout.write(text.endsWith('\n') ? text : `${text}\n`),
    printJson: (document) => process.stdout.write(`${printJson(document)}\n`),
    say: (text) => process.stderr.write(`${text}\n`),
    paint: paintFor(process.stdout),
    paintError: paintFor(process.stderr),
    columns: () => (process.stdout.isTTY ? process.stdout.columns || columnsWithoutTerminal : columnsWithoutTerminal),
    progress,
    showLog: process.stderr.isTTY
      ? (lines) => {
          showAbove(lines.map((line) => styleText('dim', sanitize(line), { stream: process.stderr })));
        }
      : undefined,
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

const progressMs = 1000;

const clearLine = '\r\u001b[K';

interface Progress extends Pick<Terminal, 'progress'> {
  showAbove: (lines: readonly string[]) => void;
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
        show(`${label}  ${renderDuration(performance.now() - startedAt)} of ${renderDuration(allowedMs)} `);
      }, progressMs);
      return () => {
        clearInterval(timer);
        show('');
      };
    },
    showAbove: (lines) => {
      const last = shown;
      show('');
      show(`${lines.join('\n')}\n`);
      shown = '';
      show(last);
    },
  };
}

function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') return;
  process.stderr.write(`HOST_FAILED  standard output: ${error.message}\n  Free space on its disk.\n`);
  process.exit(3);
}
