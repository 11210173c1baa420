import type { RefusalCode } from '../../base/code.ts';
import { validate } from './manifest-validator.ts';

const formatCodes: Record<string, RefusalCode> = {
  name: 'NAME_FORMAT',
  api: 'API_FORMAT',
  version: 'VERSION_FORMAT',
  type: 'TYPE_UNKNOWN',
  entry_point: 'ENTRY_POINT_FORMAT',
  author_email: 'EMAIL_FORMAT',
};

/** A field that breaks a rule. */
export interface FieldFault {
  field: string;
  code: RefusalCode;
}

/** `instance`: texts by field, null for what is null, an empty object for what is not text. At most one fault for each field. */
export function validateFields(instance: Record<string, unknown>): FieldFault[] {
  if (validate(instance)) return [];
  const faults = new Map<string, FieldFault>();
  for (const { keyword, instancePath, params } of validate.errors ?? []) {
    const isMissing = keyword === 'required';
    const field = isMissing ? String(params['missingProperty']) : instancePath.slice(1);
    const code = isMissing ? 'FIELD_MISSING' : instance[field] === null ? 'FIELD_EMPTY' : formatCodes[field];
    if (code !== undefined && !faults.has(field)) faults.set(field, { field, code });
  }
  return [...faults.values()];
}
