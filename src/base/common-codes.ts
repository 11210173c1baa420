import { type CodeTable, traitsByFault } from './error-traits.ts';

const { caller, host, user } = traitsByFault;

/** Codes that belong to all systems: the command line, files, the machine. */
export const commonCodes = {
  errors: {
    // The command line and what it names.
    USAGE: caller,
    FILE_NOT_FOUND: { ...caller, httpStatus: 404 },
    FILE_UNWRITABLE: caller,
    FILE_EXISTS: { ...caller, httpStatus: 409 },
    NOT_UTF8: caller,
    JSON_INVALID: caller,
    FOLDER_NOT_EMPTY: { ...caller, httpStatus: 409 },

    // The machine. NODE_TOO_OLD is said by bin, which runs on every Node.
    NODE_TOO_OLD: host,
    PYTHON_NOT_FOUND: host,
    SYSTEM_UNSUPPORTED: host,
    CHILD_FAILED: host,
    PORT_REFUSED: host,
    STATE_UNWRITABLE: host,
    STATE_UNTRUSTED: host,
    HOST_FAILED: host,

    INTERRUPTED: user,
  },
  refusals: {
    HOST_CONFIG_INVALID: caller,
    STATE_UNREACHABLE: host,
    TARGET_INVALID: caller,
  },
  problems: ['ANSWER_MISSING', 'DEADLINE_OFF', 'LEFT_RUNNING', 'LIMIT_REACHED', 'MASKING_FAILED', 'REPLY_TOO_LARGE'],
} as const satisfies CodeTable;
