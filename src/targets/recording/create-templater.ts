import { isJsonObject, type Json } from '../../base/json.ts';
import { createTextMasker } from '../../secrets/create-text-masker.ts';
import { shortest, spellingsOf } from '../../secrets/spellings-of.ts';
import { replaceAlone, replaceBlock } from './replace-alone.ts';
import { replaceEncoded } from './replace-encoded.ts';
import { hasControls, replaceSplit } from './replace-split.ts';
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
  const mayHold = createSuspicion(ordered);
  const known = new Map<string, string>();
  const text = (given: string): string => {
    let made = known.get(given);
    if (made === undefined) known.set(given, (made = write(given)));
    return made;
  };
  const write = (given: string): string => {
    let marked = given;
    for (const [hash, placed] of hashMarks) marked = marked.replaceAll(hash, placed);
    if (!mayHold(marked)) return refer(marked, references);
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

/** Whether a text must be looked at for each secret. Most have none, and there may be many of both. */
function createSuspicion(secrets: readonly StandIn[]): (text: string) => boolean {
  const texts = secrets.map(({ secret }) => secret);
  const short = texts.filter((each) => Array.from(each).length < shortest).flatMap(spellingsOfShort);
  const wide = texts.map((each) => Buffer.from(each, 'utf16le').toString('latin1'));
  const mask = createTextMasker([...texts, ...wide], '*****');
  const first = new Set(texts.map((each) => each.charAt(0)));
  const isBroken = (text: string): boolean =>
    hasControls(text) && Array.from(first).some((each) => text.includes(each));
  return (text) => short.some((each) => text.includes(each)) || isBroken(text) || mask(text) !== text;
}

function createReplacer({ secret }: StandIn, marked: string, isBounded: boolean): (text: string) => string {
  if (/[\r\n]/.test(secret)) return (text) => replaceBlock(text, secret, marked);
  if (Array.from(secret).length < shortest) return createShortReplacer(secret, marked);
  if (isBounded && /^[0-9A-Za-z]+$/.test(secret)) return (text) => replaceAlone(text, secret, marked, /[0-9A-Za-z]/);
  const mask = createTextMasker([secret], marked);
  return (text) => replaceSplit(mask(text), secret, marked);
}

/** So short a text stands anywhere by chance: it is meant where it stands alone. */
function createShortReplacer(secret: string, marked: string): (text: string) => string {
  const spellings = spellingsOfShort(secret);
  const isTelling = Array.from(secret).length === shortest - 1;
  return (text) => {
    if (text.trim() === secret) return text.replace(secret, () => marked);
    if (!isTelling) return text;
    return spellings.reduce((rest, spelling) => replaceAlone(rest, spelling, marked, /\w/), text);
  };
}

function spellingsOfShort(secret: string): string[] {
  const { escaped, quoted } = spellingsOf(secret.padEnd(shortest, 'x'));
  const padding = 'x'.repeat(shortest - Array.from(secret).length);
  const all = [...escaped, ...quoted].filter((each) => each.endsWith(padding));
  const spellings = new Set([secret, ...all.map((each) => each.slice(0, -padding.length))]);
  return [...spellings].toSorted((one, other) => other.length - one.length);
}
