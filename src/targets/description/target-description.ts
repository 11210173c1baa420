import type { Json } from '../../base/json.ts';

/** What a text must be: equal, or what the keys say, all of them. A number or a truth value is meant as it is written. */
export type TextMatcher = string | number | boolean | { contains?: string; matches?: string; any?: true };

/** Names in any order; what is not named may be there too. */
export type Matchers = Record<string, TextMatcher | TextMatcher[]>;

/** A server described: one of `http`, `ssh` and `telnet`. Source: platform contract §7. */
export interface TargetDescription {
  /** Name under which it is reached. Default: `target.test`. */
  address?: string;
  /** The one that it answers on. Default: every port. */
  port?: number;
  http?: HttpDescription;
  ssh?: SshDescription;
  telnet?: TelnetDescription;
}

/** Without `tls`, a client that begins with TLS gets a certificate that can be trusted, another one plain text. */
export type TlsKind = 'trusted' | 'untrusted' | 'expired' | 'wrong-name' | 'none';

export interface HttpDescription {
  tls?: TlsKind;
  routes?: Route[];
  /** Requests that no route answers are no failure. */
  unmatched?: 'allowed';
}

export interface Route {
  method?: string;
  /** `*` is one segment, `**` at the end the rest. Default: any. */
  path?: string;
  query?: Matchers;
  headers?: Matchers;
  cookies?: Matchers;
  json?: Json;
  form?: Matchers;
  body?: TextMatcher;
  /** `user:password`. */
  basic?: string;
  bearer?: string;
  digest?: { user: string; password: string };
  /** State in which it answers. */
  when?: string;
  /** How often it answers. */
  times?: number;
  /** A status, one answer, or several that are used up in order; the last stays. */
  answer?: number | Answer | (number | Answer)[];
}

export interface Answer {
  status?: number;
  headers?: Record<string, string | number | string[]>;
  json?: Json;
  text?: string;
  html?: string;
  form?: Record<string, string | number | boolean>;
  /** With the body, relative to the folder of the description. */
  file?: string;
  cookies?: Record<string, string>;
  redirect?: string;
  delay?: string | number;
  /** Where the connection breaks: before the answer, within its headers, within its body. */
  abort?: 'connect' | 'headers' | 'body';
  /** State afterwards. */
  then?: string;
}

/** What SSH and Telnet have in common. */
export interface ShellDescription {
  motd?: string;
  prompt?: string;
  echo?: boolean;
  commands?: Command[];
  /** Before the greeting and before each command is answered that has none of its own. */
  delay?: string | number;
  /** Nobody listens. */
  refuse?: boolean;
  /** Lines that no command answers are no failure. */
  unmatched?: 'allowed';
}

export interface SshDescription extends ShellDescription {
  /** Who may log in; a user without password and keys needs neither. Default: anyone. */
  users?: Record<string, { password?: string; keys?: string[] }>;
  /** File with the private key, relative to the folder of the description, or the type of one to be made. */
  hostKey?: string;
  /** Name and version of the software. */
  banner?: string;
}

export interface TelnetDescription extends ShellDescription {
  /** Before the prompt. */
  login?: DialogueStep[];
}

export interface Command extends CommandAnswer {
  command: TextMatcher;
  /** Lines of standard input; in a shell those that follow. */
  stdin?: TextMatcher[];
  when?: string;
  times?: number;
  answers?: CommandAnswer[];
}

export interface CommandAnswer {
  output?: string;
  stderr?: string;
  exit?: number;
  delay?: string | number;
  then?: string;
  /** Without SIG. */
  signal?: string;
  disconnect?: boolean;
  hang?: boolean;
  dialogue?: DialogueStep[];
}

/** Done in the order of these keys. */
export interface DialogueStep {
  delay?: string | number;
  send?: string;
  prompt?: string;
  expect?: TextMatcher;
  /** The input is not echoed. */
  hidden?: boolean;
  /** Takes the place of the rest when the input is another one. */
  else?: DialogueStep[];
  disconnect?: boolean;
  /** Ends the dialogue, and the command with this code. */
  exit?: number;
}
