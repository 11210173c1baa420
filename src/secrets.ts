import { isJsonObject, type Json, type JsonObject } from './json.ts';
import { createFinder, type Find, type Span } from './secret-finder.ts';
import { joinWrapped, type Reading, unescapeFully } from './secret-readings.ts';
import { lines, privateKeySpans, shortest, spellingsOf } from './secret-spellings.ts';

/** What stands in place of a secret; on every line that the secret had. */
export const mask = '***';

export interface Masker {
  /** The text without the secrets, in whatever spelling, and with as many lines. */
  text(value: string): string;
  /** The value with all its strings, object keys included, masked; under a secret name whatever is there but null and the empty text. */
  json(value: Json): Json;
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

function createTextMasker(values: Iterable<string>): (text: string) => string {
  const spellings = [...new Set(values)].map(spellingsOf);
  const encoded = spellings.flatMap((spelling) => spelling.encoded);
  const encodedAsRead = encoded.map((text) => text.replaceAll('+', ' ')); // as it would be read, only faster
  const plain = spellings.flatMap((spelling) => spelling.plain);
  const hasAsterisk = plain.some((value) => value.includes('*'));
  const findWritten = createFinder([...spellings.flatMap((spelling) => spelling.escaped), ...encoded]);
  const findRead = createLazyFinder(() => [
    ...plain.map((text) => unescapeFully(text)?.text ?? text),
    ...encodedAsRead,
  ]);
  const findJoined = createLazyFinder(() => [...encoded, ...encodedAsRead]);

  function spansIn(text: string): Span[] {
    const spans = [...findWritten(text), ...privateKeySpans(text)];
    const inOriginal = (found: Span[], { at }: Reading): void => {
      for (const [start, end] of found) spans.push([at[start] ?? 0, at[end] ?? text.length]);
    };
    const read = unescapeFully(text);
    if (read) inOriginal([...findRead(read.text), ...privateKeySpans(read.text)], read);
    const joined = joinWrapped(read ?? { text });
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

function namedItems(value: Json): [name: string, item: Json][] {
  if (Array.isArray(value)) return value.map((item, index) => [String(index), item]);
  return isJsonObject(value) ? Object.entries(value) : [];
}

function isNested(value: Json): boolean {
  return Array.isArray(value) || isJsonObject(value);
}

function scalarText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The text of every string and number in a value. */
export function textLeaves(value: Json): string[] {
  if (isNested(value)) return namedItems(value).flatMap(([, item]) => textLeaves(item));
  return value === null || typeof value === 'boolean' ? [] : [scalarText(value)];
}

/** The text of every string and number under a secret name. */
export function secretLeaves(value: Json, isSecretName: SecretNameRule, above: readonly string[] = []): string[] {
  return namedItems(value).flatMap(([name, item]) =>
    isSecretName(name, above, item) ? textLeaves(item) : secretLeaves(item, isSecretName, [...above, name]),
  );
}

function withUniqueNames(entries: [name: string, item: Json][]): JsonObject {
  const taken = new Map<string, Json>();
  for (const [name, item] of entries) {
    let unique = name;
    for (let count = 2; taken.has(unique); count++) unique = `${name} (${count})`;
    taken.set(unique, item);
  }
  return Object.fromEntries(taken);
}

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
  // Made when first needed: most calls log nothing.
  const text = (value: string): string =>
    value.length < shortest ? value : (maskText ??= createTextMasker(given))(value);

  function json(value: Json, above: readonly string[], isSecret: boolean): Json {
    if (Array.isArray(value)) {
      return value.map((item, index) => {
        const name = String(index);
        return json(item, [...above, name], isSecret || isSecretName(name, above, item));
      });
    }
    if (isJsonObject(value)) {
      const entries = Object.entries(value).map(([name, item]): [string, Json] => [
        isFixedName(name) ? name : text(name),
        json(item, [...above, name], isSecret || isSecretName(name, above, item)),
      ]);
      return withUniqueNames(entries);
    }
    if (value === null || value === '') return value;
    if (isSecret) return mask;
    if (typeof value === 'string') return text(value);
    const scalar = scalarText(value);
    return typeof value === 'boolean' || text(scalar) === scalar ? value : mask;
  }

  return { text, json: (value) => json(value, [], false) };
}
