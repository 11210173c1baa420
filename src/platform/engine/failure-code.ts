/** Why a run ended with an error. Source: the contract of `plugin-host platform`, section 5. */
export type FailureCode = keyof typeof hints;

const hints = {
  THROWN: 'The script itself ends here; the message is what it threw.',
  COMMAND_FAILED: 'See what the message names; `--trace` shows what the step was given.',
  EXPRESSION_FAILED: 'Look at the expression; `--trace` shows the values that it reads.',
  VARIABLE_NULL: 'Give it a value, or write %Name::$% where nothing may stand.',
  VARIABLE_MISSING: 'Set it before, or pass it as a parameter; `plugin-host platform check` finds such names.',
  ARGUMENT_TYPE: 'Pass a value of the declared type.',
  HOST_KEY_MISSING: 'Give HostKey (`plugin-host platform hostkey HOST` prints it), or --accept-host-key.',
  HOST_KEY_MISMATCH: 'Make sure that it is the right host; `plugin-host platform hostkey HOST` prints its key.',
  LOGIN_REFUSED: 'Look at user, password and key, and at the methods that the host admits.',
  TARGET_UNREACHABLE: 'Look at address and port, and whether something listens there.',
  TARGET_CLOSED: 'Look at the log of the target: it ended the connection.',
  TARGET_TIMEOUT: 'Raise Timeout, or look why the target does not answer.',
  TLS_UNTRUSTED: 'Name its authority with --ca FILE, or let the script set IgnoreServerCertAuthentication.',
  NOT_EMULATED: 'Run it on the appliance; `docs/fidelity.md` lists what is emulated.',
  RESULT_NOT_BOOLEAN: 'Return true or false.',
  TARGET_NOT_ALLOWED: 'Allow it with --allow HOST.',
  RUN_TIMEOUT: 'Raise --max-run, or look for a loop that does not end.',
  BUDGET_EXCEEDED: 'Look for a loop, a pattern or a text that grows without end.',
  EXPRESSION_REFUSED: 'Use the members that `plugin-host platform check` knows.',
} as const;

/** What to do about it, where nothing better is known. */
export function hintOf(code: FailureCode): string {
  return hints[code];
}

const ofHost: readonly FailureCode[] = ['TARGET_NOT_ALLOWED', 'RUN_TIMEOUT', 'BUDGET_EXCEEDED', 'EXPRESSION_REFUSED'];

/** Limits of the host end the run: no `Try` catches them. */
export function isOfHost(code: FailureCode): boolean {
  return ofHost.includes(code);
}
