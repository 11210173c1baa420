import { indent } from '../../base/indent.ts';
import type { Paint } from './create-terminal.ts';

/** A title with its body, as lines; none when the body is empty. */
export function renderSection(title: string, body: string, paint: Paint): string[] {
  return body === '' ? [] : ['', paint('bold', title), indent(body)];
}
