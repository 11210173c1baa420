import { type AST, visitRegExpAST } from '@eslint-community/regexpp';
import type { StepCounter } from './count-steps.ts';

const candidates = Array.from('aA0 \t\n\r"\'/\\.:;,=+-_*#%&<>[](){}@$|~!?^`eEgGzZ\u0000\u001f\u007fäß中\u2028\ufeff');

/** Characters that fit, of each kind one or two. */
function samplesOf(element: AST.Character | AST.CharacterSet | AST.CharacterClass, counter: StepCounter): string[] {
  if (element.type === 'Character') return [String.fromCodePoint(element.value)];
  const own = element.type === 'CharacterClass' && !element.negate ? element.elements.flatMap(edgesOf) : [];
  const test = counter.characterTest(element);
  return [...new Set([...own, ...candidates])]
    .filter((character) => character.length === 1 && test(character))
    .slice(0, 5);
}

function edgesOf(element: AST.CharacterClassElement): string[] {
  if (element.type === 'Character') return [String.fromCodePoint(element.value)];
  return element.type === 'CharacterClassRange' ? [String.fromCodePoint(element.min.value)] : [];
}

/** A short text that the element matches. */
function exampleOf(element: AST.Element, counter: StepCounter): string {
  switch (element.type) {
    case 'Quantifier':
      return exampleOf(element.element, counter).repeat(Math.max(element.min, 1));
    case 'Group':
    case 'CapturingGroup':
      return (
        element.alternatives.map(({ elements }) => exampleOfAll(elements, counter)).find((each) => each !== '') ?? ''
      );
    case 'Character':
    case 'CharacterSet':
    case 'CharacterClass':
      return samplesOf(element, counter)[0] ?? '';
    default:
      return '';
  }
}

function exampleOfAll(elements: readonly AST.Element[], counter: StepCounter): string {
  return elements.map((element) => exampleOf(element, counter)).join('');
}

/** A short text that leads to an alternative inside of a pattern. */
function leadOf(alternative: AST.Alternative, counter: StepCounter): string {
  let lead = '';
  let inner: AST.Node = alternative;
  for (let outer: AST.Node | null = inner.parent; outer !== null; outer = outer.parent) {
    if (outer.type === 'Alternative') {
      const at = outer.elements.findIndex((element) => element === inner);
      lead = exampleOfAll(outer.elements.slice(0, at), counter) + lead;
    }
    inner = outer;
  }
  return lead;
}

export interface Inputs {
  /** To be repeated. */
  units: string[];
  /** What leads to where a pattern repeats, or away from its beginning. */
  prefixes: string[];
  /** What the pattern cannot go on with. */
  suffixes: string[];
}

/** What can be repeated to make a pattern work hard: each of its characters, each alternative, whatever it repeats itself, and its beginnings. */
export function inputsOf(counter: StepCounter): Inputs {
  const units = new Set<string>();
  const prefixes = new Set(['', '\u0001']);
  const suffixes = new Set(['', '\u0001', '\n!']);
  const addOther = (element: AST.CharacterSet | AST.CharacterClass): void => {
    const test = counter.characterTest(element);
    const other = candidates.find((character) => !test(character));
    if (other !== undefined) suffixes.add(other);
  };
  visitRegExpAST(counter.pattern, {
    onCharacterEnter: (element) => units.add(String.fromCodePoint(element.value)),
    onCharacterSetEnter: (element) => {
      if (element.parent.type !== 'CharacterClass') for (const each of samplesOf(element, counter)) units.add(each);
    },
    onCharacterClassEnter: (element) => {
      addOther(element);
      for (const each of samplesOf(element, counter)) units.add(each);
    },
    onAlternativeEnter: (alternative) => {
      const { elements } = alternative;
      const lead = leadOf(alternative, counter);
      elements.forEach((element, index) => {
        if (element.type !== 'Quantifier') return;
        const before = exampleOfAll(elements.slice(0, index), counter);
        const example = exampleOf(element, counter);
        prefixes.add(lead + before);
        for (const each of [before, lead + before, example, before + example, lead + before + example]) units.add(each);
      });
      units.add(exampleOfAll(elements, counter));
    },
  });
  units.delete('');
  return { units: [...units], prefixes: [...prefixes], suffixes: [...suffixes] };
}
