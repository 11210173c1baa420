import { isJsonObject, type Json } from '../../../base/json.ts';
import { textLeaves } from '../../../secrets/secret-leaves.ts';
import { parseJson } from '../../../targets/recording/decode-body.ts';
import type { Token } from '../../../targets/recording/find-tokens.ts';

const shortest = 4;
/** Counts and times in an answer are no secrets. */
const shortNumber = /^-?[\d.]{1,5}$/;
const between = /[\s"'<>&;:,=(){}[\]|]+/;

/**
 * What a script marked as secret, as far as it came from the target. Of a whole answer those words are secrets that are to be seen nowhere else:
 * neither in the script or its parameters, nor in an answer that is not marked.
 */
export function findMarked(marked: readonly string[], answers: readonly string[], known: readonly string[]): Token[] {
  const ofTarget = marked.filter((text) => answers.some((answer) => answer.includes(text)));
  const open = [...known, ...answers.map((answer) => without(answer, ofTarget))];
  const isOpen = (word: string): boolean => open.some((text) => text.includes(word));
  return ofTarget.flatMap((text) => wordsOf(text).filter(({ text: word }) => word.length >= shortest && !isOpen(word)));
}

/** Longest first: one may be a part of another. */
function without(answer: string, marked: readonly string[]): string {
  let rest = answer;
  for (const text of marked.toSorted((one, other) => other.length - one.length)) rest = rest.replaceAll(text, '\n');
  return rest;
}

function wordsOf(text: string): Token[] {
  const data = parseJson(text) as Json | undefined;
  if (data !== undefined && (isJsonObject(data) || Array.isArray(data)))
    return textLeaves(data)
      .filter((each) => !shortNumber.test(each))
      .map((each) => ({ origin: 'Secret', text: each }));
  return text.split(between).map((each) => ({ origin: 'Secret', text: each }));
}
