import type { Json } from '../../../base/json.ts';

/** What a value of a body may be. The same rules check requests and describe the API. */
export type BodyRule =
  | { kind: 'text'; values?: readonly string[]; minLength?: number; maxLength?: number; nullable?: true }
  | { kind: 'boolean' }
  | { kind: 'integer'; minimum: number; maximum: number }
  | { kind: 'list'; of: BodyRule; minItems?: number }
  | { kind: 'object'; members: Readonly<Record<string, MemberRule>>; isOpen?: true }
  /** One of several objects, by the value of its `selection`. */
  | { kind: 'variant'; variants: Readonly<Record<string, Readonly<Record<string, MemberRule>>>> }
  /** The key of an object; null: none. */
  | { kind: 'reference'; to: string; isStub?: true; nullable?: true }
  /** A password or a private key: its key, or `{"plain": …}`, which makes one. */
  | { kind: 'secret'; to: string }
  | { kind: 'any' };

export interface MemberRule {
  rule: BodyRule;
  isRequired?: true;
  /** Taken when the member is missing; without it, it stays missing. */
  default?: Json;
}

export type ObjectRule = Extract<BodyRule, { kind: 'object' }>;

export const text = { kind: 'text' } as const satisfies BodyRule;
export const boolean = { kind: 'boolean' } as const satisfies BodyRule;
export const any = { kind: 'any' } as const satisfies BodyRule;

/** A name: not empty. */
export const name: MemberRule = { rule: { kind: 'text', minLength: 1 }, isRequired: true };

export function oneOf(...values: string[]): BodyRule {
  return { kind: 'text', values };
}

export function listOf(of: BodyRule, minItems = 0): BodyRule {
  return { kind: 'list', of, minItems };
}

export function objectOf(members: Readonly<Record<string, MemberRule>>, isOpen = false): ObjectRule {
  return { kind: 'object', members, ...(isOpen ? { isOpen: true } : {}) };
}

export function required(rule: BodyRule): MemberRule {
  return { rule, isRequired: true };
}

export function optional(rule: BodyRule, value?: Json): MemberRule {
  return value === undefined ? { rule } : { rule, default: value };
}
