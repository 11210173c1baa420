/** What a command may reach of the outside. The engine and its verbs know these only; who makes them decides what may be reached. */
export interface Network {
  /** One request and its answer; redirects, cookies and credentials are the caller's. @throws NetworkError */
  request: (request: HttpRequest) => Promise<HttpAnswer>;
  /** A connection that is logged in. @throws NetworkError */
  openSsh: (options: SshOptions) => Promise<SshConnection>;
  /** @throws NetworkError */
  openTelnet: (options: TelnetOptions) => Promise<Line>;
  /** The key that a host shows, without logging in. @throws NetworkError */
  discoverHostKey: (
    options: Omit<Reach, 'signal'> & { signal: AbortSignal; isBroad: boolean },
  ) => Promise<HostIdentity>;
}

interface Reach {
  host: string;
  port: number;
  timeoutMs: number;
  signal: AbortSignal;
}

/** Header lines in their order; a name may come several times. */
export type HeaderLines = readonly (readonly [name: string, value: string])[];

export interface Proxy {
  host: string;
  port: number;
  user: string | undefined;
  password: string | undefined;
}

export interface HttpRequest {
  method: string;
  url: URL;
  headers: HeaderLines;
  body: Buffer | undefined;
  /** Whether any certificate will do. */
  trustsAll: boolean;
  proxy: Proxy | undefined;
  timeoutMs: number;
  /** More of a body is an error. */
  maxBytes: number;
  signal: AbortSignal;
}

export interface HttpAnswer {
  status: number;
  headers: HeaderLines;
  /** Decompressed. */
  body: Buffer;
  /** Why its certificate would not have been trusted by who asks for that, such as `CERT_HAS_EXPIRED`. */
  distrust?: string;
}

/** How a host is recognized. */
export interface HostIdentity {
  /** `ssh-ed25519`. */
  keyType: string;
  key: Buffer;
  /** `OpenSSH_9.2p1`. */
  software: string;
}

export interface SshOptions extends Reach {
  user: string;
  password: string | undefined;
  privateKey: string | undefined;
  /** Whether algorithms of old systems are offered too. */
  isBroad: boolean;
  /** Asked before anything secret is sent. */
  acceptsHost: (identity: HostIdentity) => boolean;
}

export interface TelnetOptions extends Reach {
  terminal: TerminalShape;
}

export interface TerminalShape {
  type: string;
  columns: number;
  rows: number;
}

/** What comes and goes over a terminal. */
export interface Line {
  write: (data: Buffer) => void;
  /** Called for what comes, from the beginning on. */
  onData: (take: (data: Buffer) => void) => void;
  /** Called once when nothing more comes. */
  onClose: (end: () => void) => void;
  /** Told when somebody took all that had come, be it nothing. */
  noteTaken?: () => void;
  /** Whether it repeats what was recorded: what has come is all that comes until something is said or taken, so nobody waits. */
  isPlayed?: boolean;
  close: () => void;
}

export interface CommandOutput {
  stdout: Buffer;
  stderr: Buffer;
  /** Null when a signal ended it. */
  exitCode: number | null;
  signal: string | null;
  /** Why it is not whole: its time ran out, or the connection broke. */
  isCut: 'timeout' | 'closed' | undefined;
}

export interface SshConnection {
  identity: HostIdentity;
  openShell: (terminal: TerminalShape) => Promise<Line>;
  execute: (
    command: string,
    options: { stdin: Buffer; timeoutMs: number; signal: AbortSignal },
  ) => Promise<CommandOutput>;
  close: () => void;
}
