import { type AST, RegExpParser } from '@eslint-community/regexpp';

/** Whether what comes after matches from a position on. */
type Rest = (at: number) => boolean;
type Match = (at: number, rest: Rest) => boolean;

/** Longer than any linear search of what is tried. */
export const tooManySteps = 3_000_000;

class TooManySteps extends Error {}

/** Compiles a pattern to a matcher that tries what an engine that goes back tries, in its order, and counts. */
export class StepCounter {
  readonly pattern: AST.Pattern;
  readonly #flags: AST.Flags;
  readonly #match: Match;
  #text = '';
  #steps = 0;

  constructor(source: string, flags: string) {
    const parser = new RegExpParser();
    this.#flags = parser.parseFlags(flags);
    this.pattern = parser.parsePattern(source, undefined, undefined, { unicode: this.#flags.unicode });
    this.#match = this.#alternatives(this.pattern.alternatives);
  }

  /** Steps of a whole search, with `g` of all of them. */
  count(text: string): number {
    this.#text = text;
    this.#steps = 0;
    try {
      let end = 0;
      for (let start = 0; start <= text.length; start = Math.max(start + 1, end)) {
        end = -1;
        this.#match(start, (at) => {
          end = at;
          return true;
        });
        if (this.#flags.sticky || (end >= 0 && !this.#flags.global)) break;
      }
    } catch (error) {
      if (!(error instanceof TooManySteps)) throw error;
    }
    return this.#steps;
  }

  #step(): void {
    if (++this.#steps > tooManySteps) throw new TooManySteps();
  }

  #alternatives(all: readonly AST.Alternative[]): Match {
    const each = all.map(({ elements }) => this.#sequence(elements));
    const [only] = each;
    if (only !== undefined && each.length === 1) return only;
    return (at, rest) => each.some((match) => match(at, rest));
  }

  #sequence(elements: readonly AST.Element[]): Match {
    return elements
      .map((element) => this.#element(element))
      .reduceRight<Match>(
        (after, match) => (at, rest) => match(at, (next) => after(next, rest)),
        (at, rest) => rest(at),
      );
  }

  #element(element: AST.Element): Match {
    switch (element.type) {
      case 'Quantifier':
        return this.#quantifier(element);
      case 'Group':
      case 'CapturingGroup':
        return this.#alternatives(element.alternatives);
      case 'Assertion':
        return this.#assertion(element);
      case 'Backreference':
        throw new Error(`nothing counts ${element.raw}`);
      default: {
        const test = this.characterTest(element);
        return (at, rest) => {
          this.#step();
          return at < this.#text.length && test(this.#text.charAt(at)) && rest(at + 1);
        };
      }
    }
  }

  #assertion(assertion: AST.Assertion): Match {
    if (assertion.kind === 'lookahead') {
      const inner = this.#alternatives(assertion.alternatives);
      return (at, rest) => inner(at, () => true) !== assertion.negate && rest(at);
    }
    // Those in use look at one unit, or are the engine's own.
    const native = new RegExp(assertion.raw, this.#flags.raw.replace(/[gy]/g, '') + 'y');
    return (at, rest) => {
      this.#step();
      native.lastIndex = at;
      return native.test(this.#text) && rest(at);
    };
  }

  #quantifier({ element, min, max, greedy }: AST.Quantifier): Match {
    if (element.type === 'Character' || element.type === 'CharacterSet' || element.type === 'CharacterClass') {
      return this.#run(this.characterTest(element), { min, max, greedy });
    }
    const inner = this.#element(element);
    const again = (at: number, count: number, rest: Rest): boolean => {
      this.#step();
      const more = (): boolean =>
        count < max && inner(at, (next) => (next > at || count < min) && again(next, count + 1, rest));
      if (count < min) return more();
      return greedy ? more() || rest(at) : rest(at) || more();
    };
    return (at, rest) => again(at, 0, rest);
  }

  /** Of one character: without a frame for each. */
  #run(
    test: (character: string) => boolean,
    { min, max, greedy }: { min: number; max: number; greedy: boolean },
  ): Match {
    return (at, rest) => {
      const fits = (index: number): boolean => {
        this.#step();
        return index < this.#text.length && test(this.#text.charAt(index));
      };
      let count = 0;
      const wanted = greedy ? max : min;
      while (count < wanted && fits(at + count)) count++;
      if (count < min) return false;
      for (;;) {
        this.#step();
        if (rest(at + count)) return true;
        if (greedy ? count === min : count === max || !fits(at + count)) return false;
        count += greedy ? -1 : 1;
      }
    };
  }

  characterTest(
    element: AST.Character | AST.CharacterSet | AST.CharacterClass | AST.Element,
  ): (character: string) => boolean {
    const known = new Map<string, boolean>();
    const native = new RegExp(`^(?:${element.raw})$`, this.#flags.raw.replace(/[gym]/g, ''));
    return (character) => {
      const fits = known.get(character) ?? native.test(character);
      known.set(character, fits);
      return fits;
    };
  }
}
