import { indent } from '../../base/indent.ts';
import type { Paint } from './create-terminal.ts';

/** A title with what is below it, as lines; none when there is nothing to say. */
export function renderSection(title: string, body: string, paint: Paint): string[] {
  return body === '' ? [] : ['', paint('bold', title), indent(body)];
}
