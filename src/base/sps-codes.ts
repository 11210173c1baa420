import { type CodeTable, type ErrorTraits, traitsByFault } from './error-traits.ts';

const { plugin, caller, host } = traitsByFault;

const refused = (httpStatus: number): ErrorTraits => ({ ...caller, httpStatus });

/** Codes of plugins of SPS: their packages, calls and sessions. */
export const spsCodes = {
  errors: {
    PACKAGE_NOT_FOUND: { ...caller, httpStatus: 404 },
    HOOK_UNKNOWN: { ...caller, httpStatus: 404 },
    TYPE_NOT_SIMULATED: plugin,

    // Stored sessions.
    SESSION_NOT_FOUND: { ...caller, httpStatus: 404 },
    SESSION_NAME_INVALID: caller,
    SESSION_EXISTS: { ...caller, httpStatus: 409 },
    STEP_NOT_FOUND: { ...caller, httpStatus: 404 },
    STORE_UNREADABLE: host,
    FORMAT_TOO_NEW: host,

    // Python, the SDK and the debugger.
    SDK_UNKNOWN: caller,
    SDK_UNINSTALLABLE: host,
    DEPENDENCIES_UNINSTALLABLE: host,
    INDEX_UNREACHABLE: host,
    PYTHON_UNSUPPORTED: host,
    VENV_MISSING: host,
    DEBUGGER_MISSING: host,

    // The inspector's API.
    REQUEST_INVALID: refused(400),
    TOKEN_MISSING: refused(401),
    ORIGIN_REFUSED: refused(403),
    ROUTE_UNKNOWN: refused(404),
    METHOD_NOT_ALLOWED: refused(405),
    REQUEST_TIMEOUT: refused(408),
    SESSION_BUSY: { ...plugin, httpStatus: 409 },
    BODY_TOO_LARGE: refused(413),
    MEDIA_TYPE_UNSUPPORTED: refused(415),
    HOST_REFUSED: refused(421),
    INTERNAL: host,
    TOO_MANY_STREAMS: { ...host, httpStatus: 503 },

    // The server of the emulated REST API.
    PORT_IN_USE: host,
    STATE_IN_USE: host,
    STATE_DAMAGED: host,
    STATE_TOO_NEW: host,
    CERTIFICATE_INVALID: host,
    NOT_LOOPBACK: caller,
    ADMIN_PASSWORD_FILE: caller,

    // What is committed by it.
    POLICY_UNKNOWN: { ...caller, httpStatus: 404 },
    POLICY_AMBIGUOUS: caller,
    POLICY_INACTIVE: plugin,
    POLICY_WITHOUT_PLUGINS: plugin,
    POLICY_WITHOUT_PLUGIN: plugin,
    TYPE_NEEDED: caller,
    PLUGIN_UNKNOWN: { ...caller, httpStatus: 404 },
    PLUGIN_IN_USE: plugin,
    CONFIGURATION_LOCKED: plugin,
  },
  refusals: {
    // Our own files.
    SCENARIO_INVALID: plugin,
    TEST_INVALID: plugin,
    SESSION_EXPORT_INVALID: caller,

    // The MANIFEST.
    MANIFEST_MISSING: plugin,
    MANIFEST_NOT_YAML: plugin,
    MANIFEST_NOT_A_MAPPING: plugin,
    FIELD_MISSING: plugin,
    FIELD_EMPTY: plugin,
    TYPE_UNKNOWN: plugin,
    NAME_FORMAT: plugin,
    ENTRY_POINT_FORMAT: plugin,
    VERSION_FORMAT: plugin,
    API_FORMAT: plugin,
    EMAIL_FORMAT: plugin,
    API_TOO_NEW: plugin,
    API_OTHER_MAJOR: plugin,
    SPS_TOO_OLD: plugin,
    SPS_TOO_NEW: plugin,
    SCALAR_CHANGED: plugin,
    FIELD_UNKNOWN: plugin,

    // The package.
    ENTRY_POINT_MISSING: plugin,
    LEGACY_PYTHON: plugin,
    SHEBANG: plugin,
    DEFAULT_CFG_SIZE: plugin,
    DEFAULT_CFG_ENCODING: plugin,
    ZIP_TOO_LARGE: plugin,
    ZIP_INVALID: plugin,
    PATH_ESCAPES: plugin,

    // The code.
    CLASS_MISSING: plugin,
    HOOK_MISSING: plugin,
    IMPORT_FAILED: plugin,
    HOOK_IS_ASYNC: plugin,
    CONSTRUCTOR_WITHOUT_CONFIGURATION: plugin,
  },
  problems: [
    // What is packed.
    'SDK_BUNDLED',
    'DEPENDENCIES_INVALID',
    'DEPENDENCY_MISSING',
    'DEPENDENCY_UNLOCKED',
    'PACKED_OTHERWISE',
    'IMPORT_LEFT_OUT',
    'IMPORT_SKIPPED',
    'SECRET_PACKED',

    // The code.
    'MODULE_MISSING',
    'HOOK_UNKNOWN_ARGUMENT',
    'HOOK_TOO_NEW',
    'CONFIGURATION_EMPTY',
    'SELF_MISSING',
    'SDK_HOOK_MISSING',
    'RETURNED_NOTHING',
    'VERDICT_THROWN_AWAY',
    'SHADOWS_PRELOAD',
    'SDK_DIFFERS',

    // The reply.
    'RESULT_NOT_JSON',
    'RESULT_NOT_A_MAPPING',
    'VERDICT_MISSING',
    'VERDICT_UNKNOWN',
    'QUESTION_MALFORMED',
    'QUESTION_IMPOSSIBLE',
    'COOKIE_NOT_A_MAPPING',
    'COOKIE_NULL',
    'COOKIE_LARGE',
    'NEVER_SETTLED',
    'INPUT_EMPTY',
    'UNKNOWN_RESULT_KEY',
    'RESULT_KEY_TYPE',
    'GATEWAY_GROUPS_MISSING',
    'PASSWORD_FORMAT',
    'PRIVATE_KEY_FORMAT',
    'STALE_LOCK',
    'FAULT_INJECTED',
    'BACKEND_UNKNOWN',
    'BACKEND_UNMATCHED',
    'BACKEND_OUT_OF_REACH',

    // Sessions.
    'EXPECTATION_FAILED',
    'TOO_MANY_QUESTIONS',
    'HOOK_FAILED',
    'USERMAPPING_MISSING',
    'USERMAPPING_DENIED',
    'SERVICE_SHADOWED',
    'GATEWAY_AUTHENTICATION_MISSING',
    'PROTOCOL_UNSUPPORTED',
    'KEY_UNREADABLE',
    'RECORDING_CUT',
    'PLUGIN_MISSING',
    'SCENARIO_KEY_UNUSED',
    'NOT_STORED',
  ],
} as const satisfies CodeTable;
