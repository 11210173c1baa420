import { type CodeTable, traitsByFault } from './error-traits.ts';

const { plugin, caller, host } = traitsByFault;

/** Codes of plugins of Bravura; those of the text itself are `diagnosticCodes`. */
export const kvgroupCodes = {
  errors: {
    INTERPRETER_MISSING: host,
    POINT_UNKNOWN: { ...caller, httpStatus: 404 },
    KVGROUP_INVALID: plugin,
    OVERLAY_INVALID: plugin,
  },
  refusals: {
    EXPECT_INVALID: plugin,
  },
  problems: [
    // A message to or from a plugin.
    'KEY_UNKNOWN',
    'KEY_MISSING',
    'KEY_REPEATED',
    'KEY_KIND',
    'KEY_SPELLING',
    'KEY_OBSOLETE',
    'KEYS_CONFLICT',
    'GROUP_NAME',
    'ROOT_UNEXPECTED',
    'VALUE_TYPE',
    'VALUE_UNKNOWN',
    'POINT_UNPUBLISHED',
    'RESOURCE_UNKNOWN',
    'RESOURCES_DROPPED',
    'ATTRIBUTE_UNKNOWN',
    'AUTHORIZERS_TOO_FEW',
    'NUMBERING_GAP',
    'VALUE_UNCHANGED',
    'RESERVATION_LOST',
    'BATCH_CHANGED',
    'CRITERIA_INVALID',
    'RULE_MESSAGE_MISSING',
    'NOT_ONE_LINE',
    'BUTTON_NAME',
    'ROOT_CHANGED',
    'MESSAGE_COUNT',

    // A run of a plugin.
    'OUTPUT_UNREADABLE',
    'RETVAL_MISSING',
    'RETVAL_FORMAT',
    'EXIT_NONZERO',
    'RUN_TIMED_OUT',
    'RUN_CRASHED',
    'RUN_RAISED',
    'ANSWER_EARLY',
    'ANSWER_SURPLUS',
    'GENERATOR_ENDLESS',
    'NOT_SETTLED',
    'NOT_REPEATED',
  ],
} as const satisfies CodeTable;
