import { PluginHostError } from '../base/plugin-host-error.ts';
import { readTextOf, TextFault } from './decode-text.ts';

/** What is wrong at one place of a file. */
export interface PlacedFault {
  /** From 1. */
  line: number;
  column: number;
  message: string;
  /** What to do about it, where that is known of this one. */
  hint?: string;
}

/** The text of a file, or where it is not text. @throws PluginHostError FILE_NOT_FOUND */
export function readPlacedText(file: string): string | PlacedFault {
  try {
    return readTextOf(file);
  } catch (cause) {
    if (cause instanceof TextFault) return { line: cause.line, column: cause.column, message: cause.message };
    throw new PluginHostError('FILE_NOT_FOUND', `${file}: ${cause instanceof Error ? cause.message : String(cause)}`, {
      hint: 'Name a readable file.',
      cause,
    });
  }
}
