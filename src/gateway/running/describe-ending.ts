import { isJsonObject } from '../../base/json.ts';
import { renderDuration } from '../../base/parse-duration.ts';
import type { Ending } from '../../sps/flow/ending.ts';
import type { FlowStep, SessionStage } from '../../sps/flow/session-stage.ts';
import type { KeyVerdict } from '../target/trusted-keys.ts';

export interface EndedLogin {
  ended: Ending;
  stage: SessionStage;
  /** Of a call that could not be made. */
  failure?: unknown;
  /** Of the target: why it cannot be reached, and its host key. */
  fault: string | undefined;
  known: KeyVerdict['known'] | undefined;
  explains: boolean;
}

/** Why a login ended, for who runs the gateway; and what its client is told. Source: gateway contract, "How it ends". */
export interface DescribedEnding {
  /** Not masked. */
  reason: string;
  /** Not masked; undefined: nothing. */
  text: string | undefined;
}

export function describeEnding({ ended, stage, failure, fault, known, explains }: EndedLogin): DescribedEnding {
  const last = stage.played.at(-1)?.step;
  switch (ended) {
    case 'denied': {
      const text = denialOf(last);
      return { reason: text, text };
    }
    case 'plugin-error':
    case 'timed-out': {
      const reason = explain(last, failure) ?? stage.problems.at(-1)?.message ?? 'a plugin failed';
      return { reason, text: explains ? reason : undefined };
    }
    case 'target-unreachable':
      return { reason: fault ?? 'the target closed the connection', text: 'The target cannot be reached.' };
    case 'host-key-refused': {
      const text =
        known === 'changed'
          ? 'The host key of the target is not the known one.'
          : 'The host key of the target is not known.';
      return { reason: text, text };
    }
    case 'target-refused': {
      const text = 'The target refused the login.';
      return { reason: text, text };
    }
    case 'user-left':
    case 'closed':
      return { reason: 'client left', text: undefined };
    case 'gateway-stopped':
      return { reason: 'the gateway was stopped', text: undefined };
  }
}

/** A refusal without a reason of the plugin is one without words. */
function denialOf(last: FlowStep | undefined): string {
  const { outcome, verdict } = last ?? {};
  const value = verdict === 'DENY' && outcome?.kind === 'returned' && isJsonObject(outcome.value) ? outcome.value : {};
  const { reason } = value;
  return typeof reason === 'string' && reason.trim() !== '' && reason !== 'N/A'
    ? `Access denied: ${reason}`
    : 'Access denied.';
}

function explain(last: FlowStep | undefined, failure: unknown): string | undefined {
  if (failure !== undefined) return (failure as Error).message;
  if (last === undefined) return undefined;
  const { hook, plugin, outcome, deadline } = last;
  const where = `${hook} of ${plugin.name}: `;
  switch (outcome.kind) {
    case 'returned':
      return undefined;
    case 'raised':
      return `${where}${outcome.exception}: ${outcome.message}`;
    case 'timed-out':
      return `${where}took more than ${renderDuration(deadline.pluginTimeoutMs)}`;
    case 'crashed':
      return `${where}${outcome.signal === null ? `ended with exit code ${outcome.exitCode ?? 0}` : `was ended by ${outcome.signal}`}`;
    case 'malformed':
      return `${where}${outcome.problem}`;
  }
}
