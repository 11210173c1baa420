import type { Problem } from '../../base/problem.ts';
import type { PluginType } from '../plugin/find-hook.ts';
import type { ConnectionPolicy } from '../policies/using/read-policy.ts';
import type { Member } from '../session/open-member.ts';
import type { ScenarioFile } from './read-scenario.ts';
import type { Scenario } from './scenario.ts';

/** Who takes part in a simulated session. */
export interface Cast {
  scenario: Scenario;
  members: Partial<Record<PluginType, Member>>;
  /** Of an expectation; undefined without a file. */
  placeOf: ScenarioFile['placeOf'] | undefined;
  /** The scenario's file and the folders of its plugins. */
  files: string[];
  /** Of a session that a committed connection policy describes, and what is doubtful about its services. */
  policy?: { policy: ConnectionPolicy; problems: Problem[] };
  close: () => Promise<void>;
}
