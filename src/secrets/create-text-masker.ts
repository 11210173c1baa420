import { createFinder, type Find, type Span } from './create-finder.ts';
import { privateKeySpans } from './private-key-spans.ts';
import { joinWrapped, type Reading, readingsOf, unescapeFully } from './readings-of.ts';
import { lines, shortest, spellingsOf } from './spellings-of.ts';

/** If a secret took a part of an escape, the text around it may read differently. */
const mayCutEscape = /^[\\%&']|[\\%&'].{0,15}$/s;

/** Made when it is first needed: most texts have nothing to read twice. */
function createLazyFinder(patterns: () => string[]): Find {
  let find: Find | undefined;
  return (text) => (find ??= createFinder(patterns()))(text);
}

function replaceSpans(text: string, spans: Span[], maskWord: string): string {
  spans.sort(([one], [other]) => one - other);
  let masked = '';
  let done = 0;
  for (let index = 0; index < spans.length;) {
    const [start, firstEnd] = spans[index] ?? [0, 0];
    let end = firstEnd;
    for (index++; index < spans.length && (spans[index]?.[0] ?? 0) <= end; index++)
      end = Math.max(end, spans[index]?.[1] ?? 0);
    masked += text.slice(done, start) + text.slice(start, end).replace(lines, () => maskWord);
    done = end;
  }
  return masked + text.slice(done);
}

/** More or longer secrets, each in dozens of spellings, would use all memory; then what may contain them is hidden. */
const most = { values: 20_000, characters: 1024 * 1024 };

function spellAll(values: Iterable<string>): ReturnType<typeof spellingsOf>[] {
  const telling = [...new Set(values)].filter((value) => value.length >= shortest);
  const characters = telling.reduce((sum, value) => sum + value.length, 0);
  if (telling.length > most.values || characters > most.characters) throw new RangeError('too many secrets');
  return telling.map(spellingsOf);
}

/** Whether a span is a part of a mask, as `secret` is of `**secret**`: to mask it would never end. */
function isInMask(text: string, [start, end]: Span, maskWord: string): boolean {
  const part = text.slice(start, end);
  for (let at = maskWord.indexOf(part); at >= 0; at = maskWord.indexOf(part, at + 1)) {
    if (text.startsWith(maskWord, start - at)) return true;
  }
  return false;
}

/** Whether what is left around a mask may make up the value with a part of it. */
function mayHoldEdge(value: string, maskWord: string): boolean {
  return value.includes(maskWord.slice(0, 1)) || value.includes(maskWord.slice(-1));
}

/**
 * Masks the values, in whatever spelling, and PEM private keys.
 * @param maskWord begins and ends with an asterisk
 */
export function createTextMasker(values: Iterable<string>, maskWord: string): (text: string) => string {
  const spellings = spellAll(values);
  const encoded = spellings.flatMap((spelling) => spelling.encoded);
  const encodedAsRead = encoded.map((text) => text.replaceAll('+', ' ')); // as it would be read, only faster
  const plain = spellings.flatMap((spelling) => spelling.plain);
  const quoted = spellings.flatMap((spelling) => spelling.quoted);
  const mayMeetMask = plain.some((value) => mayHoldEdge(value, maskWord));
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
    return spans.filter((span) => !isInMask(text, span, maskWord));
  }

  return (text) => {
    let masked = text;
    // Masking can reveal a new match; only secrets of asterisks would do so for ever.
    for (let round = 0; round < 8; round++) {
      if (masked.length < shortest) return masked;
      const spans = spansIn(masked);
      if (spans.length === 0) return masked;
      const original = masked;
      masked = replaceSpans(original, spans, maskWord);
      if (!mayMeetMask && !spans.some(([start, end]) => mayCutEscape.test(original.slice(start, end)))) return masked;
    }
    return masked.replace(lines, () => maskWord);
  };
}
