import { type CodeTable, traitsByFault } from './error-traits.ts';

const { plugin, caller } = traitsByFault;

/** The rules of `platform check`; what each is about stands in the contract of `plugin-host platform`, section 2. */
const platformRules = [
  ...(['E01', 'E02', 'E03', 'E04', 'E05', 'E06', 'E07', 'E08', 'E09', 'E10', 'E11', 'E12', 'E13', 'E14'] as const),
  ...(['E15', 'E16', 'E17', 'W01', 'W02', 'W03', 'W04', 'W05'] as const),
  ...(['L01', 'L02', 'L03', 'L04', 'L05', 'L06', 'L07', 'L08', 'L09', 'L10', 'L11', 'L12', 'L13', 'L14'] as const),
  ...(['L15', 'L16', 'L17', 'L18', 'L19', 'L20', 'L21', 'L22', 'L23', 'L24', 'L25', 'L26', 'L27', 'L28'] as const),
  ...(['L29', 'L30', 'L31', 'L32'] as const),
] as const;

export type RuleCode = (typeof platformRules)[number];

/** Codes of custom platform scripts of SPP. */
export const platformCodes = {
  errors: {
    OPERATION_UNKNOWN: { ...caller, httpStatus: 404 },
    SECRET_ON_COMMAND_LINE: caller,
    CONFIRMATION_NEEDED: caller,
    // What a script can fail with too; thrown where no script runs.
    TARGET_NOT_ALLOWED: caller,
    TARGET_UNREACHABLE: plugin,
    TARGET_CLOSED: plugin,
    TARGET_TIMEOUT: plugin,
  },
  refusals: {
    SCRIPT_INVALID: plugin,
    PARAMETER_UNKNOWN: caller,
    PARAMETER_MISSING: caller,
    PARAMETER_TYPE: caller,
    RECORDING_UNSAFE: plugin,
  },
  problems: [
    ...platformRules,
    ...(['NO_RETURN', 'PARAMS_READABLE', 'PERCENT_IN_SECRET', 'HOST_KEY_ACCEPTED', 'RECORDING_DIFFERS'] as const),
  ],
} as const satisfies CodeTable;
