import type { Place, Problem } from '../../base/problem.ts';

/** What can be wrong with a text. Codes are added, never renamed. */
export const diagnosticCodes = {
  KVG000: 'empty document',
  KVG001: 'input ends inside a group or before a value',
  KVG002: 'string not closed',
  KVG003: '= expected',
  KVG004: 'value or { expected, or a pair with a name',
  KVG005: 'unexpected =, ;, , or {',
  KVG006: 'unknown escape',
  KVG007: 'content after the root group',
  KVG008: 'unquoted token',
  KVG009: 'undecodable bytes',
  KVG010: 'line break inside a string',
  KVG011: 'nested too deep',
  KVG012: 'too large',
  KVG013: 'NUL character',
  KVG014: '} where a value or a root group is expected',
  KVG015: 'unknown version in the header',
  KVG016: 'pair at the root',
  KVG017: 'group without a name',
} as const;

export type DiagnosticCode = keyof typeof diagnosticCodes;

export interface KvPosition {
  /** From 1. */
  line: number;
  /** From 1, in code points. */
  column: number;
  /** From 0, in bytes of the input; for a text, in bytes of its UTF-8. */
  offset: number;
}

/** What is wrong with a text. Its message quotes keys and names, never a value; not every one has a hint. */
export interface KvDiagnostic extends Omit<Problem<DiagnosticCode>, keyof Place | 'hint'>, KvPosition {
  hint?: string;
  /** The innermost group that is still open there. */
  openedAt?: { line: number; column: number };
}
