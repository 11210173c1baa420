import { renderDuration } from '../../base/parse-duration.ts';
import { type Problem, warning } from '../../base/problem.ts';

/** What is said of a call that waited for a debugger. */
export function deadlineOff(pluginTimeoutMs: number): Problem {
  const message = `waited for a debugger: the ${renderDuration(pluginTimeoutMs)} deadline was off, and the time includes the debugger's`;
  return warning('DEADLINE_OFF', message, 'Call it without a debugger to see what the appliance would do.');
}
