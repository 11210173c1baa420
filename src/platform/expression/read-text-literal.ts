import { ExpressionError } from './expression-error.ts';

/** A place in an interpolated text: where the expression in it stands, and how its value is written. */
interface Hole {
  start: number;
  end: number;
  width: number;
  format: string;
}

export interface TextLiteral {
  /** Texts and holes in turn; one text when it is not interpolated. */
  parts: (string | Hole)[];
  quote: '"' | "'" | '@';
  isInterpolated: boolean;
  end: number;
}

const simpleEscapes: Record<string, string> = {
  n: '\n',
  r: '\r',
  t: '\t',
  '0': '\0',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '"': '"',
  "'": "'",
  '\\': '\\',
};

const coded = /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{1,4}))/y;
const placement = /^([^,:]*)(?:,([^:]*))?(?::(.*))?$/s;

/**
 * Reads `"…"`, `'…'`, `@"…"`, `$"…"` and `$@"…"`. An escape that C# does not know keeps its backslash, as authors write
 * patterns without `@`. Source: specification c.2.
 */
export function readTextLiteral(text: string, start: number, opening: string): TextLiteral {
  const isVerbatim = opening.includes('@');
  const isInterpolated = opening.includes('$');
  const quote = opening.slice(-1) as '"' | "'";
  const parts: (string | Hole)[] = [];
  let plain = '';
  let at = start + opening.length;
  for (;;) {
    const unit = text[at];
    if (unit === undefined) throw new ExpressionError('Text without its closing quote', start);
    const isDoubled = text[at + 1] === unit;
    if (unit === quote && !(isVerbatim && isDoubled)) break;
    if (unit === quote || (isInterpolated && isDoubled && (unit === '{' || unit === '}'))) {
      plain += unit;
      at += 2;
    } else if (isInterpolated && unit === '{') {
      const hole = readHole(text, at + 1);
      parts.push(plain, hole.hole);
      plain = '';
      at = hole.end;
    } else if (isInterpolated && unit === '}') {
      throw new ExpressionError("A '}' in an interpolated text is written '}}'", at);
    } else if (unit === '\\' && !isVerbatim) {
      const escape = readEscape(text, at);
      plain += escape.text;
      at = escape.end;
    } else {
      plain += unit;
      at++;
    }
  }
  return { parts: [...parts, plain], quote: isVerbatim ? '@' : quote, isInterpolated, end: at + 1 };
}

function readEscape(text: string, at: number): { text: string; end: number } {
  const simple = simpleEscapes[text[at + 1] ?? ''];
  if (simple !== undefined) return { text: simple, end: at + 2 };
  coded.lastIndex = at;
  const found = coded.exec(text);
  if (!found) return { text: '\\', end: at + 1 };
  const code = Number.parseInt(found[1] ?? found[2] ?? found[3] ?? '', 16);
  if (code > 0x10ffff) throw new ExpressionError('Unrecognized escape sequence', at);
  return { text: String.fromCodePoint(code), end: at + found[0].length };
}

/** From after `{` to after `}`. A `:` outside of brackets and texts begins the format, so `?:` needs brackets, as in C#. */
function readHole(text: string, start: number): { hole: Hole; end: number } {
  const end = findHoleEnd(text, start);
  const cut = findPlacement(text, start, end);
  const [, , width = '0', format = ''] = placement.exec(text.slice(cut, end)) ?? [];
  if (!/^\s*-?[0-9]{1,4}\s*$/.test(width))
    throw new ExpressionError('The width in an interpolated text is a number', cut);
  return { hole: { start, end: cut, width: Number(width), format }, end: end + 1 };
}

function findHoleEnd(text: string, start: number): number {
  for (const { at, unit, depth } of walkUnits(text, start)) if (unit === '}' && depth === 0) return at;
  throw new ExpressionError("A '{' in an interpolated text without its '}'", start - 1);
}

function findPlacement(text: string, start: number, end: number): number {
  for (const { at, unit, depth } of walkUnits(text, start)) {
    if (at >= end) break;
    if (depth === 0 && (unit === ',' || (unit === ':' && text[at + 1] !== ':' && text[at - 1] !== ':'))) return at;
  }
  return end;
}

/** The units of an expression with the depth of brackets, without those that stand in texts. */
function* walkUnits(text: string, start: number): Generator<{ at: number; unit: string; depth: number }> {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const unit = text[at] ?? '';
    if (unit === '"' || unit === "'") {
      const isVerbatim = text[at - 1] === '@' || text.slice(at - 2, at) === '@$';
      at = readTextLiteral(text, at, isVerbatim ? `@${unit}` : unit).end - 1;
      continue;
    }
    if (unit === ')' || unit === ']') depth--;
    yield { at, unit, depth };
    if (unit === '(' || unit === '[') depth++;
  }
}
