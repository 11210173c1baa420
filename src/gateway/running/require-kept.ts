import { SessionOver } from '../../sps/flow/session-over.ts';
import type { FlowStep } from '../../sps/flow/session-stage.ts';
import type { NotedProblems } from './noted-problems.ts';

/** A result that hosts cannot share did not happen: no session goes on from it. @throws SessionOver */
export function requireKept({ hook, problems }: FlowStep, found: NotedProblems): void {
  const lost = problems.find(({ code }) => code === 'STATE_UNREACHABLE');
  if (lost === undefined || hook === 'session_ended') return;
  found.add(lost);
  throw new SessionOver('plugin-error');
}
