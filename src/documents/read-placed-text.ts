import { PluginHostError } from '../base/plugin-host-error.ts';
import { readTextOf, TextFault } from './decode-text.ts';
import { describeFileFault } from './describe-file-fault.ts';

/** What is wrong at one place of a file. */
export interface PlacedFault {
  /** From 1. */
  line: number;
  /** From 1, in characters. */
  column: number;
  message: string;
  /** What to do about it, where that is another thing than for the rest of the file. */
  hint?: string;
}

/** The text of a file, or where it is not text. @throws PluginHostError FILE_NOT_FOUND */
export function readPlacedText(file: string): string | PlacedFault {
  try {
    return readTextOf(file);
  } catch (cause) {
    if (cause instanceof TextFault) return { line: cause.line, column: cause.column, message: cause.message };
    throw new PluginHostError('FILE_NOT_FOUND', `${file}: ${describeFileFault(cause)}`, {
      hint: 'Name a readable file.',
      cause,
    });
  }
}
