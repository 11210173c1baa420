import { endOfText, isBreak, isSpaceOrEnd, type YamlCursor } from './yaml-cursor.ts';

const flowIndicators = new Set([',', '?', '[', ']', '{', '}']);
const afterColonInFlow = new Set([',', '[', ']', '{', '}']);

interface Surroundings {
  isFlow: boolean;
  /** Column that a continuation line must reach at least. */
  indent: number;
}

/** Scans unquoted text. `endsAtLineStart`: line breaks follow it, they are consumed. */
export function scanPlain(
  cursor: YamlCursor,
  { isFlow, indent }: Surroundings,
): { text: string; endsAtLineStart: boolean } {
  const chunks: string[] = [];
  let spaces = '';
  let endsAtLineStart = false;
  while (cursor.peek() !== '#') {
    const chunk = takeChunk(cursor, isFlow);
    if (chunk === '') break;
    chunks.push(spaces, chunk);
    ({ spaces, endsAtLineStart } = scanSpaces(cursor));
    if (spaces === '' || (!isFlow && cursor.column < indent)) break;
  }
  return { text: chunks.join(''), endsAtLineStart };
}

function takeChunk(cursor: YamlCursor, isFlow: boolean): string {
  return cursor.takeWhile((character) => {
    if (isSpaceOrEnd(character)) return false;
    if (isFlow && flowIndicators.has(character)) return false;
    if (character !== ':') return true;
    const next = cursor.peek(1);
    return !isSpaceOrEnd(next) && !(isFlow && afterColonInFlow.has(next));
  });
}

/** Blanks and folded line breaks between two chunks. A tab is neither: the vendor's parser stops there. */
function scanSpaces(cursor: YamlCursor): { spaces: string; endsAtLineStart: boolean } {
  const spaces = cursor.takeWhile((character) => character === ' ');
  const lineBreak = cursor.takeBreak();
  if (lineBreak === '') return { spaces, endsAtLineStart: false };
  let further = '';
  while (!cursor.isAtDocumentIndicator()) {
    cursor.skipSpaces();
    if (!isBreak(cursor.peek())) {
      const folded = lineBreak === '\n' ? (further === '' ? ' ' : '') : lineBreak;
      return { spaces: folded + further, endsAtLineStart: true };
    }
    further += cursor.takeBreak();
  }
  return { spaces: '', endsAtLineStart: true };
}

const neverFirst = /[-?:,[\]{}#&*!|>'"%@`]/;

/** Whether unquoted text may start here. */
export function canStartPlain(cursor: YamlCursor, isFlow: boolean): boolean {
  const character = cursor.peek();
  if (character === endOfText || isSpaceOrEnd(character)) return false;
  if (!neverFirst.test(character)) return true;
  const isAllowed = character === '-' || (!isFlow && (character === '?' || character === ':'));
  return isAllowed && !isSpaceOrEnd(cursor.peek(1));
}
