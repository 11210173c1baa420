/** A RADIUS server, described. Source: product contract §11. */
export interface RadiusDescription {
  /** That the server shares with its clients. */
  secret: string;
  /** Anyone else is rejected. */
  users?: Record<string, RadiusUser>;
  /** Before each answer. */
  delay?: string | number;
  /** It takes requests and never answers. */
  silent?: boolean;
  /** Packets that no server of this kind answers are no failure. */
  unmatched?: 'allowed';
}

export interface RadiusUser {
  password?: string;
  /** Prompt of the challenge that a request without a State gets; the password is asked for with it. */
  challenge?: string;
}
