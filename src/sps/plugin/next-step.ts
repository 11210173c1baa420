/**
 * What SPS does next, as sentences.
 * Source: plugin guides 6.0.9 to 7.5 (errors end the session), administration guide 7.5 (fallback to the user's password).
 */
export interface NextStep {
  failed: string;
  /** After ACCEPT where the hook judges, after nothing was found where it fetches. */
  returned: string;
  /** After something was found; `#` is replaced by what. */
  found?: string;
}

export function nextStep(returned: string, more: Partial<NextStep> = {}): NextStep {
  return {
    failed:
      'The session ends; the user sees a closed connection, the reason stands only in the log. session_ended is still called.',
    returned,
    ...more,
  };
}
