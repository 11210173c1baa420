import { channel } from 'node:diagnostics_channel';

/** What the host does, for people who want to know how. Names only: no value of an environment, no argument of a hook. */
export type Told =
  | { what: 'project'; file: string | undefined; searched: readonly string[] }
  | { what: 'state'; place: string }
  | { what: 'start'; command: readonly string[]; folder: string; environment: readonly string[]; limits: object }
  | {
      what: 'call';
      hook: string;
      plugin: string;
      interpreter: string;
      isPrepared: boolean;
      allowedMs: number | undefined;
    };

/** The command line listens there when it is verbose. */
export const told = channel('plugin-host');

/** @param make Called only when somebody listens */
export function tell(make: () => Told): void {
  if (told.hasSubscribers) told.publish(make());
}
