import type { Terminal } from '../terminal/create-terminal.ts';

/** Once with every command: nobody shall take for the appliance what only does as it does. */
export function sayEmulated({ say, paintError }: Terminal): void {
  say(paintError('dim', 'Emulated: this is not the appliance.'));
}
