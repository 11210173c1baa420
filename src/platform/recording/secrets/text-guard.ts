import { createTextMasker } from '../../../secrets/create-text-masker.ts';
import type { Templater } from './create-templater.ts';
import type { StandIn } from './stand-ins.ts';

const shortest = 4;
/** Of a shorter one, what is left without blanks and controls says little. */
const shortestJoined = 6;

/** Names the secrets that are still in texts without secrets: what could not be replaced is not written. */
export class TextGuard {
  readonly leaks = new Set<string>();
  readonly #finders: { name: string; finds: (text: string) => boolean }[];

  /** @param isBounded Whether words may be parts of other words */
  constructor(secrets: readonly StandIn[], isBounded: boolean) {
    const telling = secrets.filter(({ secret }) => Array.from(secret).length >= shortest);
    this.#finders = telling
      .filter(({ secret }) => !(isBounded && /^[0-9A-Za-z]+$/.test(secret)))
      .map(({ name, secret }) => ({ name, finds: createFinder(secret) }));
  }

  /** The same templater, watched. */
  watch({ text, json }: Templater): Templater {
    const watched = (given: string): string => {
      const made = text(given);
      this.check(made);
      return made;
    };
    return {
      text: watched,
      json: (value) => {
        const made = json(value);
        this.check(JSON.stringify(made));
        return made;
      },
    };
  }

  check(text: string): void {
    const bare = text.replace(/\$\{[^{}]*\}/g, '\n');
    for (const { name, finds } of this.#finders) if (finds(bare)) this.leaks.add(name);
  }
}

function createFinder(secret: string): (text: string) => boolean {
  const mask = createTextMasker([secret], '*****');
  const joined = withoutControls(secret);
  return (text) => mask(text) !== text || (joined.length >= shortestJoined && withoutControls(text).includes(joined));
}

function withoutControls(text: string): string {
  return text.replace(/\u001b\[[0-9;?]*[A-Za-z]|[\u0000-\u0020\u007f]/g, '');
}
