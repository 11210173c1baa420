import type { HttpDescription } from '../description/target-description.ts';

/** A system that a program asks, described: one of `http` and `radius`. Source: product contract §11. */
export interface BackendDescription {
  /** As the program's configuration names it, without a port. */
  address: string;
  /** The one that it answers on. Default: every port. */
  port?: number;
  http?: HttpDescription;
  radius?: RadiusDescription;
}

export interface RadiusDescription {
  /** That the server shares with its clients. */
  secret: string;
  /** Anyone else is rejected. */
  users?: Record<string, RadiusUser>;
  /** Before each answer. */
  delay?: string | number;
  /** It takes requests and never answers. */
  silent?: boolean;
  /** Packets that are no requests of an authentication are no failure. */
  unmatched?: 'allowed';
}

export interface RadiusUser {
  password?: string;
  /** Prompt of the challenge that a request without a State gets; the password is asked for with it. */
  challenge?: string;
}
