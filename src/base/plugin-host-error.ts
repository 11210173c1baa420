/** Whose doing it is decides the exit code: `plugin` 1, `caller` 2, `host` 3, `user` 130. */
type Fault = 'plugin' | 'caller' | 'host' | 'user';

const exitCodes: Record<Fault, number> = { plugin: 1, caller: 2, host: 3, user: 130 };

/** Every public code, of errors and of problems alike. Codes are added, never renamed. */
const faults = {
  // The command line and what it names.
  USAGE: 'caller',
  PACKAGE_NOT_FOUND: 'caller',
  FILE_NOT_FOUND: 'caller',
  FILE_UNWRITABLE: 'caller',
  NOT_UTF8: 'caller',
  JSON_INVALID: 'caller',
  HOOK_UNKNOWN: 'caller',
  POINT_UNKNOWN: 'caller',
  SESSION_NOT_FOUND: 'caller',
  SESSION_NAME_INVALID: 'caller',
  SESSION_EXISTS: 'caller',
  SESSION_EXPORT_INVALID: 'caller',
  STEP_NOT_FOUND: 'caller',
  HOST_CONFIG_INVALID: 'caller',
  SDK_UNKNOWN: 'caller',
  FOLDER_NOT_EMPTY: 'caller',

  // The MANIFEST.
  MANIFEST_MISSING: 'plugin',
  MANIFEST_NOT_YAML: 'plugin',
  MANIFEST_NOT_A_MAPPING: 'plugin',
  FIELD_MISSING: 'plugin',
  FIELD_EMPTY: 'plugin',
  TYPE_UNKNOWN: 'plugin',
  NAME_FORMAT: 'plugin',
  ENTRY_POINT_FORMAT: 'plugin',
  VERSION_FORMAT: 'plugin',
  API_FORMAT: 'plugin',
  EMAIL_FORMAT: 'plugin',
  API_TOO_NEW: 'plugin',
  API_OTHER_MAJOR: 'plugin',
  SPS_TOO_OLD: 'plugin',
  SPS_TOO_NEW: 'plugin',
  SCALAR_CHANGED: 'plugin',
  FIELD_UNKNOWN: 'plugin',

  // The package.
  ENTRY_POINT_MISSING: 'plugin',
  LEGACY_PYTHON: 'plugin',
  SHEBANG: 'plugin',
  DEFAULT_CFG_SIZE: 'plugin',
  DEFAULT_CFG_ENCODING: 'plugin',
  ZIP_TOO_LARGE: 'plugin',
  ZIP_INVALID: 'plugin',
  PATH_ESCAPES: 'plugin',
  TYPE_NOT_SIMULATED: 'plugin',
  SDK_BUNDLED: 'plugin',
  DEPENDENCIES_INVALID: 'plugin',
  DEPENDENCY_MISSING: 'plugin',
  DEPENDENCY_UNLOCKED: 'plugin',
  PACKED_OTHERWISE: 'plugin',

  // The code.
  IMPORT_FAILED: 'plugin',
  IMPORT_SKIPPED: 'plugin',
  MODULE_MISSING: 'plugin',
  IMPORT_LEFT_OUT: 'plugin',
  CLASS_MISSING: 'plugin',
  HOOK_MISSING: 'plugin',
  HOOK_UNKNOWN_ARGUMENT: 'plugin',
  HOOK_TOO_NEW: 'plugin',
  HOOK_IS_ASYNC: 'plugin',
  CONSTRUCTOR_WITHOUT_CONFIGURATION: 'plugin',
  CONFIGURATION_EMPTY: 'caller',
  SELF_MISSING: 'plugin',
  SDK_HOOK_MISSING: 'plugin',
  RETURNED_NOTHING: 'plugin',
  VERDICT_THROWN_AWAY: 'plugin',
  SHADOWS_PRELOAD: 'plugin',
  SDK_DIFFERS: 'plugin',

  // The reply.
  RESULT_NOT_JSON: 'plugin',
  RESULT_NOT_A_MAPPING: 'plugin',
  VERDICT_MISSING: 'plugin',
  VERDICT_UNKNOWN: 'plugin',
  QUESTION_MALFORMED: 'plugin',
  QUESTION_IMPOSSIBLE: 'plugin',
  COOKIE_NOT_A_MAPPING: 'plugin',
  COOKIE_NULL: 'plugin',
  COOKIE_LARGE: 'plugin',
  REPLY_TOO_LARGE: 'plugin',
  NEVER_SETTLED: 'plugin',
  UNKNOWN_RESULT_KEY: 'plugin',
  RESULT_KEY_TYPE: 'plugin',
  GATEWAY_GROUPS_MISSING: 'plugin',
  PASSWORD_FORMAT: 'plugin',
  PRIVATE_KEY_FORMAT: 'plugin',
  LEFT_RUNNING: 'plugin',
  LIMIT_REACHED: 'plugin',
  STALE_LOCK: 'plugin',
  FAULT_INJECTED: 'caller',
  DEADLINE_OFF: 'caller',

  // Sessions.
  SCENARIO_INVALID: 'plugin',
  EXPECTATION_FAILED: 'plugin',
  TEST_INVALID: 'plugin',
  ANSWER_MISSING: 'plugin',
  TOO_MANY_QUESTIONS: 'plugin',
  HOOK_FAILED: 'plugin',
  USERMAPPING_MISSING: 'plugin',
  GATEWAY_AUTHENTICATION_MISSING: 'plugin',
  PROTOCOL_UNSUPPORTED: 'plugin',

  // A message to or from a Bravura plugin.
  KEY_UNKNOWN: 'plugin',
  KEY_MISSING: 'plugin',
  KEY_REPEATED: 'plugin',
  KEY_KIND: 'plugin',
  KEY_SPELLING: 'plugin',
  KEY_OBSOLETE: 'plugin',
  KEYS_CONFLICT: 'plugin',
  GROUP_NAME: 'plugin',
  ROOT_UNEXPECTED: 'plugin',
  VALUE_TYPE: 'plugin',
  VALUE_UNKNOWN: 'plugin',
  POINT_UNPUBLISHED: 'plugin',
  RESOURCE_UNKNOWN: 'plugin',
  RESOURCES_DROPPED: 'plugin',
  ATTRIBUTE_UNKNOWN: 'plugin',
  AUTHORIZERS_TOO_FEW: 'plugin',
  NUMBERING_GAP: 'plugin',
  VALUE_UNCHANGED: 'plugin',
  RESERVATION_LOST: 'plugin',
  BATCH_CHANGED: 'plugin',
  CRITERIA_INVALID: 'plugin',
  RULE_MESSAGE_MISSING: 'plugin',
  NOT_ONE_LINE: 'plugin',
  BUTTON_NAME: 'plugin',
  ROOT_CHANGED: 'plugin',
  MESSAGE_COUNT: 'plugin',
  OVERLAY_INVALID: 'plugin',

  // A run of a Bravura plugin.
  KVGROUP_INVALID: 'plugin',
  OUTPUT_UNREADABLE: 'plugin',
  RETVAL_MISSING: 'plugin',
  RETVAL_FORMAT: 'plugin',
  EXIT_NONZERO: 'plugin',
  RUN_TIMED_OUT: 'plugin',
  RUN_CRASHED: 'plugin',
  ANSWER_EARLY: 'plugin',
  ANSWER_SURPLUS: 'plugin',
  GENERATOR_ENDLESS: 'plugin',
  NOT_SETTLED: 'plugin',
  NOT_REPEATED: 'plugin',
  EXPECT_INVALID: 'plugin',

  // The machine.
  INTERPRETER_MISSING: 'host',
  PYTHON_NOT_FOUND: 'host',
  PYTHON_UNSUPPORTED: 'host',
  VENV_MISSING: 'host',
  SDK_UNINSTALLABLE: 'host',
  INDEX_UNREACHABLE: 'host',
  SYSTEM_UNSUPPORTED: 'host',
  CHILD_FAILED: 'host',
  DEBUGGER_MISSING: 'host',
  PORT_REFUSED: 'host',
  MASKING_FAILED: 'host',
  STORE_UNREADABLE: 'host',
  FORMAT_TOO_NEW: 'host',
  NOT_STORED: 'host',
  STATE_UNWRITABLE: 'host',
  STATE_UNTRUSTED: 'host',
  HOST_FAILED: 'host',

  INTERRUPTED: 'user',
} as const satisfies Record<string, Fault>;

export type Code = keyof typeof faults;

/** One of several things that are wrong with a file. */
export interface FileProblem {
  level: 'error';
  code: Code;
  message: string;
  hint: string;
  file: string;
  /** From 1, as `column`. */
  line: number;
  column: number;
}

interface ErrorDetails {
  /** What to do about it; one sentence. */
  hint: string;
  /** All that is wrong, when the message tells of several things. */
  problems?: readonly FileProblem[];
  /** Whose doing it is, where the code alone does not say it. */
  fault?: Fault;
  cause?: unknown;
}

/**
 * What went wrong before a call could be made, or with the host itself. A plugin's own failure is an `Outcome`, not an error.
 * The message says where, what is wrong, what was expected; it never holds a password, key or cookie value.
 */
export class PluginHostError extends Error {
  override readonly name = 'PluginHostError';
  readonly code: Code;
  readonly hint: string;
  readonly problems: readonly FileProblem[] | undefined;
  readonly #fault: Fault;

  constructor(code: Code, message: string, { hint, problems, fault, cause }: ErrorDetails) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.hint = hint;
    this.problems = problems;
    this.#fault = fault ?? faults[code];
  }

  /** Of the command line. Source: product contract, exit codes. */
  get exitCode(): number {
    return exitCodes[this.#fault];
  }
}
