type Spell = (value: string) => string;

const hex = (code: number, digits: number): string => code.toString(16).padStart(digits, '0');

/** An escape of JSON; two backslashes are one, whatever follows them. */
const jsonEscape = /\\(?:u[0-9a-f]{4}|[^u])/g;
const controls: Record<string, string> = { '\\"': '"', '\\b': '\\x08', '\\f': '\\x0c' };

const plainJson: Spell = (value) => JSON.stringify(value).slice(1, -1);
const asciiJson: Spell = (value) => plainJson(value).replace(/[^ -~]/g, (unit) => `\\u${hex(unit.charCodeAt(0), 4)}`);
const upperJson: Spell = (value) =>
  asciiJson(value).replace(jsonEscape, (found) => (found.length < 6 ? found : `\\u${found.slice(2).toUpperCase()}`));

/** What Python's `repr` writes between the quotes; its own quotes are escaped only when a text holds both kinds. */
const repr: Spell = (value) =>
  plainJson(value)
    .replace(jsonEscape, (found) => (found.startsWith('\\u00') ? `\\x${found.slice(4)}` : (controls[found] ?? found)))
    .replace(/(?! )[\p{Z}\p{C}]/gu, (point) => {
      const code = point.codePointAt(0) ?? 0;
      return code < 0x100 ? `\\x${hex(code, 2)}` : code > 0xffff ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`;
    });
const quotedRepr: Spell = (value) => repr(value).replaceAll("'", "\\'");
const bytesRepr: Spell = (value) =>
  repr(Buffer.from(value).toString('latin1')).replace(/[^ -~]/g, (unit) => `\\x${hex(unit.charCodeAt(0), 2)}`);
const quotedBytesRepr: Spell = (value) => bytesRepr(value).replaceAll("'", "\\'");

const percentSign: Spell = (character) => `%${hex(character.charCodeAt(0), 2).toUpperCase()}`;
const component: Spell = (value) => encodeURIComponent(value.toWellFormed());
const quote: Spell = (value) => component(value).replace(/[!'()*]/g, percentSign);
const pathQuote: Spell = (value) => quote(value).replaceAll('%2F', '/');
const form: Spell = (value) => component(value).replace(/[!'()~]/g, percentSign);
const lowerPercent: Spell = (value) => value.replace(/%../g, (byte) => byte.toLowerCase());
const plus: Spell = (value) => value.replaceAll('%20', '+');

const markup = (replaced: Record<string, string>): Spell => {
  const all: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', ...replaced };
  return (value) => value.replace(/[&<>"']/g, (character) => all[character] ?? character);
};

const jsonSpells = [plainJson, asciiJson, upperJson];

/** Ways of writing, each with what a value must hold to be changed by it. */
const spells: [needed: RegExp, ways: Spell[]][] = [
  [
    /[^ -~]|["'\\]/,
    [
      ...jsonSpells.flatMap((inner) => [
        inner,
        ...[...jsonSpells, repr, quotedRepr].map(
          (outer): Spell =>
            (value) =>
              outer(inner(value)),
        ),
      ]),
      ...[repr, quotedRepr, bytesRepr, quotedBytesRepr],
    ],
  ],
  [
    /[^\w.-]/,
    [quote, pathQuote, component, form].flatMap((way): Spell[] => [
      way,
      (value) => plus(way(value)),
      (value) => lowerPercent(way(value)),
      (value) => plus(lowerPercent(way(value))),
    ]),
  ],
  [
    /[&<>"']/,
    [{}, { '"': '&quot;' }, ...['&#x27;', '&#39;', '&apos;'].map((quoted) => ({ '"': '&quot;', "'": quoted }))].map(
      markup,
    ),
  ],
  [
    /[^\w@%+=:,./-]/,
    [
      (value) => value.replaceAll("'", `'"'"'`),
      (value) => value.replaceAll("'", `'\\''`),
      (value) => value.replace(/[\\"$`]/g, '\\$&'),
      (value) => value.replace(/[^\w@%+=:,./\u0080-\uffff-]/g, '\\$&'),
    ],
  ],
];

/** Doubled, quotes stand for themselves inside of quotes. */
function quotedSpellings(value: string): string[] {
  return [`'`, '"'].flatMap((mark) => (value.includes(mark) ? [value.replaceAll(mark, mark + mark)] : []));
}

/** Base64 of data that holds the bytes: at each offset what they alone determine, and what is at the end of the data. */
function base64Spellings(bytes: Buffer): string[] {
  return [0, 1, 2].flatMap((offset) => {
    const first = Math.ceil((offset * 8) / 6);
    const padded = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .slice(first);
    const inner = padded.slice(0, Math.floor(((offset + bytes.length) * 8) / 6) - first);
    return [inner, padded.replaceAll('=', ''), padded];
  });
}

/** Encodings that hide a value altogether: base64 and base64url at every offset, hexadecimal; also of the value as JSON or in a URL. */
function encodedSpellings(value: string): string[] {
  const forms = new Set([value, plainJson(value), asciiJson(value), quote(value), plus(quote(value))]);
  return Array.from(forms, (form) => Buffer.from(form)).flatMap((bytes) => {
    const base64 = base64Spellings(bytes);
    const hexadecimal = bytes.toString('hex');
    return [
      ...base64,
      ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
      hexadecimal,
      hexadecimal.toUpperCase(),
    ];
  });
}

/** A value as JSON (nested twice too), `repr`, URLs, markup and shells spell it; itself first. */
function textSpellings(value: string): string[] {
  const ways = spells.flatMap(([needed, group]) => (needed.test(value) ? group : []));
  return [...new Set([value, ...ways.map((way) => way(value))])];
}

/** Shorter values would mask too much of the text; they are masked only in their own field. Source: product contract §7. */
export const shortest = 4;

/** Everything but line breaks. */
export const lines = /[^\r\n]+/g;

interface Spellings {
  /** The value itself and, as programs indent and prefix keys, each of its lines. */
  plain: string[];
  /** Both as JSON (nested twice too), `repr`, URLs, markup and shells spell them. */
  escaped: string[];
  /** Both with doubled quotes, as CSV, SQL and YAML spell them. */
  quoted: string[];
  /** The value in base64, base64url and hexadecimal. */
  encoded: string[];
}

/** What to look for to find one value. */
export function spellingsOf(value: string): Spellings {
  const isLongEnough = (part: string): boolean => Array.from(part).length >= shortest;
  const wholes = [...new Set([value, value.trim(), value.replaceAll('\r\n', '\n')])].filter(isLongEnough);
  const inner = value.match(lines)?.map((line) => line.trim()) ?? [];
  const telling = inner.filter((line) => isLongEnough(line) && !/^-----(?:BEGIN|END) .*-----$|^Proc-Type:/.test(line));
  const plain = [...new Set([...wholes, ...telling])];
  return {
    plain,
    escaped: plain.flatMap(textSpellings),
    quoted: plain.flatMap(quotedSpellings),
    encoded: wholes.flatMap(encodedSpellings),
  };
}
