import type { TargetKind } from '../description/check-target.ts';
import type { RequestRecord } from '../matching/request-record.ts';
import type { CommandRecord, Unmatched } from '../matching/target-records.ts';

/** A simulated server that runs on loopback, and is reached by the name that it claims. */
export interface Target extends AsyncDisposable {
  readonly kind: TargetKind;
  /** Name or address that stands for it. */
  readonly address: string;
  /** The only port that it claims; undefined when it claims all of them. */
  readonly port: number | undefined;
  /** Where it really listens, on 127.0.0.1. */
  readonly loopbackPort: number;
  /** What it was asked, in order; the lists grow while it runs, and stay when it has been closed. */
  readonly requests: readonly RequestRecord[];
  readonly commands: readonly CommandRecord[];
  /** What came that its description does not have: a test fails for it. Holds what was sent, secrets too. */
  readonly unmatched: readonly Unmatched[];
  /** `type base64` of an SSH host, as in known_hosts; undefined for others. */
  readonly hostKey: string | undefined;
  /** Authority in PEM that its certificates can be trusted by, unless their kind is not to be trusted. */
  readonly ca: string;
  /** The port on 127.0.0.1 that answers for a name and port, undefined when the target does not claim them. */
  claims(address: string, port: number): number | undefined;
  /** Resolves when what clients sent has been taken in and they have gone: then the lists hold all of it. A run of a script waits for it. */
  settled(): Promise<void>;
  /** Ends all connections; nothing is left then. May be called again. */
  close(): Promise<void>;
}
