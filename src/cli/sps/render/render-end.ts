import type { ShownFacts } from '../../../sps/store/session-facts.ts';
import type { Paint } from '../../terminal/create-terminal.ts';
import { sanitize } from '../../terminal/sanitize.ts';

type Ended = Pick<ShownFacts, 'gatewayUser' | 'gatewayGroups'> & { ended: string };

const mild = new Set(['denied', 'user-left']);

/** How a session ended, and for whom: the first line of all that shows one. `title` stands for the ending and is an alarm. */
export function renderEnd({ ended, gatewayUser, gatewayGroups }: Ended, paint: Paint, title?: string): string {
  const colour = title !== undefined ? 'red' : ended === 'closed' ? 'green' : mild.has(ended) ? 'yellow' : 'red';
  const groups = gatewayGroups === null || gatewayGroups.length === 0 ? '' : ` in ${gatewayGroups.join(', ')}`;
  const user = gatewayUser === null ? 'no gateway user' : `gateway user ${gatewayUser}${groups}`;
  return `${paint(colour, sanitize(title ?? ended))}  ${sanitize(user)}`;
}
