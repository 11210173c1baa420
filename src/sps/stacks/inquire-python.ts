import type { Inquiry } from '../../process/inquiry.ts';
import { DumpReader } from './dump-reader.ts';
import type { RawFrame, Told } from './stack-frame.ts';

/** The interpreter answers as soon as it gets a processor, whatever its plugin does. */
const patienceMs = 1000;

/** Only our own frames are above it. */
function isOutermost([file, , name]: RawFrame): boolean {
  return name === '<module>' && /[/](?:python-shim|fork-server)[.]py$/.test(file);
}

/** Where Python is at its deadline: faulthandler writes it into the reply channel. */
export function inquirePython(): { inquiry: Inquiry; told: () => Told | undefined } {
  const reader = new DumpReader();
  return {
    inquiry: {
      way: 'stacks',
      patienceMs,
      start: (done) => ({
        onLine: (line) => {
          if (reader.add(line, isOutermost)) done();
        },
        takeLog: (bytes) => bytes,
        endLog: () => Buffer.alloc(0),
      }),
    },
    told: () => reader.told,
  };
}

/** Where it was at a fatal signal, if the lines of its reply say so. */
export function findDump(lines: readonly string[]): Told | undefined {
  const reader = new DumpReader();
  for (const line of lines) reader.add(line, isOutermost);
  return reader.told;
}
