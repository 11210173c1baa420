import type { Limits } from '../../process/limits.ts';
import { PipedProcess, type PipedReport } from '../../process/piped-process.ts';
import type { KvGroup } from '../format/kv-group.ts';
import type { KvMessage, ParseOptions } from '../format/kv-message.ts';
import { printMessage } from '../format/print-message.ts';
import { DebuggerWatch, type Debugging, withDebugger, withoutDebugger } from '../program/debugging.ts';
import type { Program } from '../program/find-program.ts';
import { parseMessage } from '../reading/parse-message.ts';
import { graceMs, outputLimitBytes, stderrLimitBytes } from './call-ms.ts';
import type { Recording } from './run-result.ts';

/** How a plugin is run, whatever its input. */
export interface Running {
  program: Program;
  limits: Limits;
  /** How its output is read. */
  reading: Pick<ParseOptions, 'profile' | 'encoding'>;
  signal?: AbortSignal | undefined;
  debugging?: Debugging | undefined;
}

/** What was seen of one process. */
export interface Observation {
  report: PipedReport;
  recording: Recording;
}

/** The process with what goes through its pipes. */
export interface ObservedProcess {
  process: PipedProcess;
  send: (text: string) => void;
  /** Settles when nothing is left of it. */
  ended: Promise<Observation>;
}

/** Starts a plugin; more output than the limit ends it. @param onOutput What it writes, up to the limit and one byte. */
export function startPlugin(
  { program: given, limits, signal, debugging }: Omit<Running, 'reading'>,
  onOutput: (bytes: Buffer) => void = () => undefined,
): ObservedProcess {
  const sent: string[] = [];
  const output: Buffer[] = [];
  let room = outputLimitBytes + 1;
  const startedAt = new Date();
  const program = debugging === undefined ? given : withDebugger(given, debugging);
  const watch = debugging && new DebuggerWatch(debugging, program);
  const child = new PipedProcess(
    { ...program, limits },
    {
      graceMs,
      stderrLimitBytes,
      signal,
      onError:
        watch &&
        ((bytes) => {
          watch.add(bytes);
        }),
      onOutput(bytes) {
        if (room === 0) return;
        const kept = bytes.subarray(0, room);
        room -= kept.length;
        output.push(kept);
        onOutput(kept);
        if (room === 0) child.stop('reply-too-large');
      },
    },
  );
  return {
    process: child,
    send(text) {
      sent.push(text);
      child.write(text);
    },
    ended: child.finished.then((report) => {
      watch?.requireWaited();
      return {
        report: watch === undefined ? report : { ...report, left: [] }, // the debugger may need a moment longer
        recording: {
          stdin: sent.join(''),
          stdout: Buffer.concat(output),
          stderr: (mask) => {
            const text = child.stderr.collect(mask);
            return watch === undefined ? text : withoutDebugger(text);
          },
          startedAt,
          durationMs: Math.round(report.durationMs),
        },
      };
    }),
  };
}

/** One synchronous call: one input, end of file, one output and the end of the plugin. */
export async function observeCall(
  input: KvGroup,
  allowedMs: number,
  running: Running,
): Promise<Observation & { message: KvMessage }> {
  const { process, send, ended } = startPlugin(running);
  process.allow(allowedMs);
  send(printMessage(input));
  process.endInput();
  const observation = await ended;
  return {
    ...observation,
    message: parseMessage(observation.recording.stdout, { ...running.reading, positions: true }),
  };
}
