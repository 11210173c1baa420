import type { Problem } from '../../base/problem.ts';
import type { StatePlace } from '../../state/state-place.ts';
import type { Host } from '../call/resolve-host.ts';
import type { Member } from '../session/open-member.ts';
import type { LoadedStep } from './read-test-file.ts';

/** What the cases of a file call. */
export interface OpenedSubject {
  /** Where its calls are recorded. */
  place: StatePlace;
  /** The plugin that has the hook of a step, and the step as it is called. @throws PluginHostError as `chooseType` and `baseOf` */
  prepare: (step: LoadedStep) => { member: Member; step: LoadedStep };
  /** What a policy adds to the services of a case. */
  provide: (host: Host) => { host: Host; problems: readonly Problem[] };
}
