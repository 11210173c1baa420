import type { Json, JsonObject } from '../../base/json.ts';
import type { Replacement } from '../../documents/replace-yaml-values.ts';
import type { Mismatch } from '../compare-value.ts';

/** What `--update` compares again and again, until only what it leaves alone differs. */
export interface UpdateSubject {
  expect: JsonObject;
  /** What came, by the keys of the expectation; undefined: nothing came. */
  got: Readonly<Record<string, Json | undefined>>;
  compare: (expect: JsonObject) => readonly Mismatch[];
  /** How an expectation says that this comes, undefined: nothing comes. Undefined when none can say it. */
  toExpected: (value: Json | undefined) => Json | undefined;
  /** As it may be written. */
  mask: (keys: Mismatch['keys'], value: Json) => Json | undefined;
}

/** What differs although the expectation was updated. */
export interface LeftAlone {
  mismatch: Mismatch;
  why: string;
}

/** They are limits, or a choice of much that came: what came once is no expectation. */
const limits = new Set(['withinMs', 'requests', 'commands', 'status']);

/** Compared in an order of its own, so as a whole. */
const wholes = new Set(['problems']);

/**
 * Writes over what an expectation says until what came is as expected, and returns what is left alone. Keys begin with that of the expectation.
 * @param write False where it cannot be written
 */
export function updateExpectation(subject: UpdateSubject, write: (replacement: Replacement) => boolean): LeftAlone[] {
  const changed = structuredClone(subject.expect);
  const tried = new Set<string>();
  for (;;) {
    const left: LeftAlone[] = [];
    let isChanged = false;
    for (const mismatch of subject.compare(changed)) {
      const keys = placeOf(mismatch);
      const isNew = !tried.has(JSON.stringify(keys));
      const why = findReason(keys, subject) ?? (isNew ? undefined : `--update cannot write ${keys.join('.')} here`);
      tried.add(JSON.stringify(keys));
      const value = subject.toExpected(getIn(subject.got, keys));
      if (why === undefined && value !== undefined && write({ keys, value })) {
        setIn(changed, keys, value);
        isChanged = true;
      } else left.push({ mismatch, why: why ?? `--update cannot write ${keys.join('.')} here` });
    }
    if (!isChanged) return left;
  }
}

/** What comes in addition is a change of what it came in. */
function placeOf({ keys, expected }: Mismatch): Mismatch['keys'] {
  if (wholes.has(String(keys[0]))) return keys.slice(0, 1);
  return expected === undefined ? keys.slice(0, -1) : keys;
}

function findReason(
  keys: Mismatch['keys'],
  { expect, got, mask }: Pick<UpdateSubject, 'expect' | 'got' | 'mask'>,
): string | undefined {
  const name = String(keys[0]);
  if (limits.has(name)) return `--update leaves ${name} alone`;
  if (!Object.hasOwn(expect, name)) return `--update writes over what expect says, and it says nothing of ${name}`;
  const value = getIn(got, keys);
  if (value === undefined || JSON.stringify(mask(keys, value)) === JSON.stringify(value)) return undefined;
  return `--update writes nothing that is masked; with --show-secrets it writes ${keys.join('.')}`;
}

function getIn(root: Readonly<Record<string, Json | undefined>>, keys: Mismatch['keys']): Json | undefined {
  return keys.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? (value as Record<string | number, unknown>)[key]
        : undefined,
    root,
  ) as Json | undefined;
}

function setIn(root: JsonObject, keys: Mismatch['keys'], value: Json): void {
  const holder = getIn(root, keys.slice(0, -1));
  const last = keys.at(-1);
  if (last !== undefined && typeof holder === 'object' && holder !== null)
    (holder as Record<string | number, Json>)[last] = value;
}
