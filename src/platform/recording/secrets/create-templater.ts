import { isJsonObject, type Json } from '../../../base/json.ts';
import { createTextMasker } from '../../../secrets/create-text-masker.ts';
import { shortest, spellingsOf } from '../../../secrets/spellings-of.ts';
import { replaceEncoded } from './replace-encoded.ts';
import type { StandIn } from './stand-ins.ts';

/** Writes texts without their secrets: `${Name}` in their place. */
export interface Templater {
  text: (text: string) => string;
  json: (value: Json) => Json;
}

/** Stands for the secret of an index until all have been found. */
const mark = (index: number): string => `*\u0001${index}\u0001*`;
const marks = /(\$?)\*\u0001(\d+)\u0001\*/g;

export interface TemplaterOptions {
  /** Whether a secret of letters and digits is only meant where no other letter or digit touches it. */
  isBounded: boolean;
  /** Hashes, and what stands for each. */
  hashes?: ReadonlyMap<string, string>;
}

/** @param secrets In any spelling they are found; the longest first */
export function createTemplater(secrets: readonly StandIn[], { isBounded, hashes }: TemplaterOptions): Templater {
  const ordered = secrets.filter(({ secret }) => secret !== '').toSorted((a, b) => b.secret.length - a.secret.length);
  const references = [
    ...ordered.map(({ name, text }) => ({ reference: `\${${name}}`, text })),
    ...Array.from(hashes?.values() ?? [], (reference) => ({ reference, text: reference })),
  ];
  const finders = ordered.map((each, index) => createReplacer(each, mark(index), isBounded));
  const hashMarks = Array.from(hashes?.keys() ?? [], (hash, index) => [hash, mark(ordered.length + index)] as const);
  const text = (given: string): string => {
    if (given.length === 0) return given;
    let marked = given;
    for (const [hash, placed] of hashMarks) marked = marked.replaceAll(hash, placed);
    marked = replaceEncoded(marked, ordered);
    for (const replace of finders) marked = replace(marked);
    return refer(marked, references);
  };
  const number = (value: number): Json => {
    const found = ordered.find(({ secret }) => secret === String(value));
    return found === undefined ? value : Number(found.text);
  };
  return { text, json: createJsonTemplater(text, number) };
}

/** A text, and how it is named. */
export interface Named {
  text: string;
  /** `${Name}` or `${hash:Name}`. */
  reference: string;
}

/** The way back: stand-ins, as they are, become references. */
export function createNamer(named: readonly Named[]): Templater {
  const ordered = named.toSorted((one, other) => other.text.length - one.text.length);
  const text = (given: string): string => {
    let marked = given;
    for (const [index, each] of ordered.entries()) marked = marked.replaceAll(each.text, mark(index));
    return refer(marked, ordered);
  };
  return { text, json: createJsonTemplater(text, (value) => value) };
}

/** Puts references in the place of marks; what looks like a reference is none. */
function refer(marked: string, named: readonly Named[]): string {
  return marked
    .replaceAll('${', () => '$${')
    .replace(marks, (_, dollar: string, index: string) => {
      const { reference, text } = named[Number(index)] ?? { reference: '', text: '' };
      // `$${` would be a literal.
      return dollar === '' ? reference : `${dollar}${text}`;
    });
}

function createJsonTemplater(text: (text: string) => string, number: (value: number) => Json): (value: Json) => Json {
  const json = (value: Json): Json => {
    if (typeof value === 'string') return text(value);
    if (typeof value === 'number') return number(value);
    if (Array.isArray(value)) return value.map(json);
    if (!isJsonObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [text(name), json(item)]));
  };
  return json;
}

function createReplacer({ secret }: StandIn, marked: string, isBounded: boolean): (text: string) => string {
  if (/[\r\n]/.test(secret)) return createBlockReplacer(secret, marked);
  const isWord = /^[0-9A-Za-z]+$/.test(secret);
  if (Array.from(secret).length < shortest) return createShortReplacer(secret, marked);
  const split = splitPattern(secret);
  if (isBounded && isWord) {
    const bounded = new RegExp(`(?<![0-9A-Za-z])${escapePattern(secret)}(?![0-9A-Za-z])`, 'g');
    return (text) => text.replace(bounded, marked);
  }
  const mask = createTextMasker([secret], marked);
  return (text) => mask(text).replace(split, marked);
}

/** A text of several lines, whose line breaks may have been written in another way. */
function createBlockReplacer(secret: string, marked: string): (text: string) => string {
  const lines = secret
    .trim()
    .split(/\r?\n/)
    .map((line) => escapePattern(line.trim()));
  const pattern = new RegExp(lines.join('[ \\t]*(?:\\r?\\n|\\\\r\\\\n|\\\\n|&#10;|%0A|%0D%0A)[ \\t]*'), 'g');
  return (text) => text.replace(pattern, marked);
}

/** So short a text stands anywhere by chance: it is meant where it stands alone. */
function createShortReplacer(secret: string, marked: string): (text: string) => string {
  const spellings = spellingsOfShort(secret).map(escapePattern);
  const alone = new RegExp(`(?<![0-9A-Za-z_])(?:${spellings.join('|')})(?![0-9A-Za-z_])`, 'g');
  const isTelling = Array.from(secret).length === shortest - 1;
  return (text) =>
    text.trim() === secret ? text.replace(secret, () => marked) : isTelling ? text.replace(alone, marked) : text;
}

function spellingsOfShort(secret: string): string[] {
  const { escaped, quoted } = spellingsOf(secret.padEnd(shortest, 'x'));
  const padding = shortest - Array.from(secret).length;
  const all = [...escaped, ...quoted].filter((each) => each.endsWith('x'.repeat(padding)));
  return [...new Set([secret, ...all.map((each) => each.slice(0, -padding))])].sort((a, b) => b.length - a.length);
}

/** A terminal may break a line anywhere. */
function splitPattern(secret: string): RegExp {
  const between = '(?:[\\x00-\\x1f\\x7f]|\\x1b\\[[0-9;?]*[A-Za-z]| \\r)*';
  return new RegExp(Array.from(secret, escapePattern).join(between), 'g');
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
