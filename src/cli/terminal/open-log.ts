import { closeSync, openSync, writeSync } from 'node:fs';
import { describeFileFault } from '../../documents/describe-file-fault.ts';
import { fileUnwritable } from '../../documents/file-unwritable.ts';

/** Where the lines of a log go. */
export interface OpenLog extends Disposable {
  write: (line: string) => void;
}

/**
 * Opens a log for appending, only for its owner. A line that cannot be written is lost, which is said once.
 * @param file `-` is standard error.
 * @throws PluginHostError FILE_UNWRITABLE
 */
export function openLog(file: string, say: (text: string) => void): OpenLog {
  if (file === '-') return { write: say, [Symbol.dispose]: () => undefined };
  try {
    const descriptor = openSync(file, 'a', 0o600);
    let isFailing = false;
    return {
      write: (line) => {
        try {
          writeSync(descriptor, `${line}\n`);
          isFailing = false;
        } catch (fault) {
          // A full disk ends neither the server nor the request, which may be a commit.
          if (!isFailing) say(`The log lacks lines: ${file}: ${describeFileFault(fault)}`);
          isFailing = true;
        }
      },
      [Symbol.dispose]: () => {
        closeSync(descriptor);
      },
    };
  } catch (cause) {
    throw fileUnwritable(file, cause, 'Name a file that can be written with --log.');
  }
}
