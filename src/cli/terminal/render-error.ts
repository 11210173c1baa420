import type { PluginHostError } from '../../base/plugin-host-error.ts';
import type { Paint } from './create-terminal.ts';
import { sanitizeLines } from './sanitize.ts';

/** What went wrong, in two lines: the code with what it is, what to do about it. */
export function renderError({ code, message, hint }: PluginHostError, paint: Paint): string {
  return `${paint('red', code)}  ${sanitizeLines(message)}\n  ${sanitizeLines(hint)}`;
}
