/** Who caused an error; it decides the exit code. */
export type Fault = 'plugin' | 'caller' | 'host' | 'user';

export interface ErrorTraits {
  fault: Fault;
  /** Of the command line. Source: product contract, exit codes. */
  exitCode: number;
  /** Where an API answers with the error. */
  httpStatus: number;
}

/** The defaults for each fault; a code says what differs. */
export const traitsByFault = {
  plugin: { fault: 'plugin', exitCode: 1, httpStatus: 422 },
  caller: { fault: 'caller', exitCode: 2, httpStatus: 400 },
  host: { fault: 'host', exitCode: 3, httpStatus: 500 },
  user: { fault: 'user', exitCode: 130, httpStatus: 503 },
} as const satisfies Record<Fault, ErrorTraits>;

/** The codes of one system. Codes are added, never renamed. */
export interface CodeTable {
  /** Thrown, and never reported as a problem. */
  errors: Record<string, ErrorTraits>;
  /** Reported as a problem of a package, a file or a call, and thrown where it stops everything. */
  refusals: Record<string, ErrorTraits>;
  /** Reported as a problem, and never thrown. */
  problems: readonly string[];
}
