import type { JsonObject } from '../../base/json.ts';
import type { Problem } from '../../base/problem.ts';
import type { Host } from '../../sps/call/resolve-host.ts';
import type { PolicyStep } from '../../sps/flow/session-stage.ts';

/** What `invoke` calls, whether a path or a committed policy names it. */
export interface ChosenPlugin {
  /** Where the package is. */
  path: string;
  /** What is told instead of the path. */
  shownPath: string | undefined;
  host: Host;
  connection: JsonObject;
  policy: PolicyStep | undefined;
  problems: readonly Problem[];
}
