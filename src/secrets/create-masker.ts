import { isJsonObject, type Json, type JsonObject } from '../base/json.ts';
import { createFinder, type Find, type Span } from './create-finder.ts';
import { joinWrapped, type Reading, readingsOf, unescapeFully } from './readings-of.ts';
import { lines, privateKeySpans, shortest, spellingsOf } from './spellings-of.ts';

/** What stands in place of a secret; on every line that the secret had. */
export const mask = '***';

export interface Masker {
  /** The text without the secrets, in whatever spelling, and with as many lines. */
  text(value: string): string;
  /** The value with all its strings, object keys included, masked; under a secret name whatever is there but null and the empty text. */
  json(value: Json): Json;
  /** How often something could not be masked. It was then hidden as a whole. */
  failures(): number;
}

/** Whether the item under a name is secret; `above` are the names around it, outermost first. A position in a list is a name too. */
export type SecretNameRule = (name: string, above: readonly string[], item: Json) => boolean;

/** Without what a secret took from an escape, the text around it may read otherwise. */
const mayCutEscape = /^[\\%&']|[\\%&'].{0,15}$/s;

/** Made when first needed: most texts have nothing to read twice. */
function createLazyFinder(patterns: () => string[]): Find {
  let find: Find | undefined;
  return (text) => (find ??= createFinder(patterns()))(text);
}

function replaceSpans(text: string, spans: Span[]): string {
  spans.sort(([one], [other]) => one - other);
  let masked = '';
  let done = 0;
  for (let index = 0; index < spans.length;) {
    const [start, firstEnd] = spans[index] ?? [0, 0];
    let end = firstEnd;
    for (index++; index < spans.length && (spans[index]?.[0] ?? 0) <= end; index++)
      end = Math.max(end, spans[index]?.[1] ?? 0);
    masked += text.slice(done, start) + text.slice(start, end).replace(lines, mask);
    done = end;
  }
  return masked + text.slice(done);
}

/** More or longer secrets, each in dozens of spellings, would take all the memory there is; what may hold them is hidden then. */
const most = { values: 20_000, characters: 1024 * 1024 };

function spellAll(values: Iterable<string>): ReturnType<typeof spellingsOf>[] {
  const telling = [...new Set(values)].filter((value) => value.length >= shortest);
  const characters = telling.reduce((sum, value) => sum + value.length, 0);
  if (telling.length > most.values || characters > most.characters) throw new RangeError('too many secrets');
  return telling.map(spellingsOf);
}

function createTextMasker(values: Iterable<string>): (text: string) => string {
  const spellings = spellAll(values);
  const encoded = spellings.flatMap((spelling) => spelling.encoded);
  const encodedAsRead = encoded.map((text) => text.replaceAll('+', ' ')); // as it would be read, only faster
  const plain = spellings.flatMap((spelling) => spelling.plain);
  const quoted = spellings.flatMap((spelling) => spelling.quoted);
  const hasAsterisk = plain.some((value) => value.includes('*'));
  const findWritten = createFinder([...spellings.flatMap((spelling) => spelling.escaped), ...quoted, ...encoded]);
  const findRead = createLazyFinder(() => [
    ...[...plain, ...quoted].flatMap((text) => [text, unescapeFully(text)]),
    ...encodedAsRead,
  ]);
  const findJoined = createLazyFinder(() => [...encoded, ...encodedAsRead]);

  function spansIn(text: string): Span[] {
    const spans = [...findWritten(text), ...privateKeySpans(text)];
    const inOriginal = (found: Span[], { at }: Reading): void => {
      for (const [start, end] of found) spans.push([at[start] ?? 0, at[end] ?? text.length]);
    };
    let last: Reading | undefined;
    for (const reading of readingsOf(text)) {
      inOriginal([...findRead(reading.text), ...privateKeySpans(reading.text)], reading);
      last = reading;
    }
    const joined = joinWrapped(last ?? { text });
    if (joined) inOriginal(findJoined(joined.text), joined);
    return spans;
  }

  return (text) => {
    let masked = text;
    // What is left may read as a secret anew; that it does for ever takes secrets made of asterisks.
    for (let round = 0; round < 8; round++) {
      if (masked.length < shortest) return masked;
      const spans = spansIn(masked);
      if (spans.length === 0) return masked;
      const original = masked;
      masked = replaceSpans(original, spans);
      if (!hasAsterisk && !spans.some(([start, end]) => mayCutEscape.test(original.slice(start, end)))) return masked;
    }
    return masked.replace(lines, mask);
  };
}

/** The PEM private keys in a text, each from BEGIN to END if it has one. */
export function privateKeyBlocks(text: string): string[] {
  const blocks = privateKeySpans(text).map(([start, end]) => text.slice(start, end));
  return blocks.filter((block) => !/^-----[^-]*-----$/.test(block));
}

function isNested(value: Json): boolean {
  return Array.isArray(value) || isJsonObject(value);
}

function scalarText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function addTextLeaves(value: Json, leaves: Set<string>): void {
  if (Array.isArray(value)) for (const item of value) addTextLeaves(item, leaves);
  else if (isJsonObject(value)) for (const name of Object.keys(value)) addTextLeaves(value[name] ?? null, leaves);
  else if (value !== null && typeof value !== 'boolean') leaves.add(scalarText(value));
}

/** The text of every string and number in a value, each once. */
export function textLeaves(value: Json): string[] {
  const leaves = new Set<string>();
  addTextLeaves(value, leaves);
  return [...leaves];
}

/** The text of every string and number under a secret name, each once. */
export function secretLeaves(value: Json, isSecretName: SecretNameRule, outer: readonly string[] = []): string[] {
  const leaves = new Set<string>();
  const above = [...outer];
  const look = (name: string, item: Json): void => {
    if (isSecretName(name, above, item)) {
      addTextLeaves(item, leaves);
    } else if (isNested(item)) {
      above.push(name);
      lookInto(item);
      above.pop();
    }
  };
  const lookInto = (nested: Json): void => {
    if (Array.isArray(nested))
      nested.forEach((item, index) => {
        look(String(index), item);
      });
    else if (isJsonObject(nested)) for (const name of Object.keys(nested)) look(name, nested[name] ?? null);
  };
  lookInto(value);
  return [...leaves];
}

function withUniqueNames(entries: [name: string, item: Json][]): JsonObject {
  const taken = new Map<string, Json>();
  const counts = new Map<string, number>();
  for (const [name, item] of entries) {
    let unique = name;
    while (taken.has(unique)) {
      const count = (counts.get(name) ?? 1) + 1;
      counts.set(name, count);
      unique = `${name} (${count})`;
    }
    taken.set(unique, item);
  }
  return Object.fromEntries(taken);
}

/** Nothing of a text but its line breaks. */
function hideText(value: string): string {
  return value.replace(lines, mask);
}

/** Nothing of a value but what kind it is. */
function hideJson(value: Json): Json {
  if (value === null) return null;
  if (Array.isArray(value)) return [mask];
  return isJsonObject(value) ? { [mask]: mask } : mask;
}

/** Shows nothing: for where nobody can tell what is secret. */
export const hidingMasker: Masker = { text: hideText, json: hideJson, failures: () => 1 };

/**
 * Masks the values wherever they turn up, and PEM private keys even when they are not among the values.
 * @param values values of fewer than four characters are masked under secret names only
 * @param isSecretName default: no name is secret
 * @param isFixedName object keys that are part of a contract and therefore stay; default: none
 */
export function createMasker(
  values: Iterable<string>,
  isSecretName: SecretNameRule = () => false,
  isFixedName: (name: string) => boolean = () => false,
): Masker {
  const given = [...values];
  let maskText: ((text: string) => string) | undefined;
  let isUnspellable = false;
  let failed = 0;
  // Made when first needed: most calls log nothing.
  const text = (value: string): string => {
    if (value.length < shortest) return value;
    if (isUnspellable) throw new RangeError('too many secrets');
    isUnspellable = true;
    maskText ??= createTextMasker(given);
    isUnspellable = false;
    return maskText(value);
  };
  // A call is not lost, and nothing is shown in clear, because its masking failed.
  const orHidden = <T>(maskValue: (value: T) => T, value: T, hide: (value: T) => T): T => {
    try {
      return maskValue(value);
    } catch {
      failed++;
      return hide(value);
    }
  };

  const above: string[] = [];
  function item(value: Json, name: string, isSecret: boolean): Json {
    const isSecretItem = isSecret || isSecretName(name, above, value);
    if (!isNested(value)) return scalar(value, isSecretItem);
    above.push(name);
    const masked = nested(value, isSecretItem);
    above.pop();
    return masked;
  }

  function nested(value: Json, isSecret: boolean): Json {
    if (Array.isArray(value)) return value.map((each, index) => item(each, isSecret ? '' : String(index), isSecret));
    if (!isJsonObject(value)) return scalar(value, isSecret);
    const entries = Object.entries(value).map(([name, each]): [string, Json] => [
      isFixedName(name) ? name : text(name),
      item(each, name, isSecret),
    ]);
    return withUniqueNames(entries);
  }

  function scalar(value: Json, isSecret: boolean): Json {
    if (value === null || value === '') return value;
    if (isSecret) return mask;
    if (typeof value === 'string') return text(value);
    const written = scalarText(value);
    return typeof value === 'boolean' || text(written) === written ? value : mask;
  }

  return {
    text: (value) => orHidden(text, value, hideText),
    json: (value) => {
      above.length = 0;
      return orHidden((each: Json) => nested(each, false), value, hideJson);
    },
    failures: () => failed,
  };
}
