import type { RuleCode } from '../../base/platform-codes.ts';
import type { Level } from '../../base/problem.ts';

const infos: readonly RuleCode[] = ['W02', 'W03', 'L10', 'L11', 'L12', 'L21', 'L28', 'L29'];

/** The usual level of a rule. Source: the contract of `plugin-host platform`, section 2. */
export function levelOf(code: RuleCode): Level {
  if (code.startsWith('E')) return 'error';
  return infos.includes(code) ? 'info' : 'warning';
}
