import { createTextMasker } from '../../secrets/create-text-masker.ts';
import type { Templater } from './create-templater.ts';
import type { StandIn } from './stand-ins.ts';

const shortest = 4;
/** Of a shorter one, what is left without blanks and controls says little. */
const shortestJoined = 6;

/** Names the secrets that are still in texts without secrets: what could not be replaced is not written. */
export class TextGuard {
  readonly leaks = new Set<string>();
  readonly #secrets: readonly StandIn[];
  readonly #joined: { name: string; text: string }[];
  readonly #mask: (text: string) => string;

  /** @param isBounded Whether words may be parts of other words */
  constructor(secrets: readonly StandIn[], isBounded: boolean) {
    this.#secrets = secrets.filter(
      ({ secret }) => Array.from(secret).length >= shortest && !(isBounded && /^[0-9A-Za-z]+$/.test(secret)),
    );
    this.#mask = maskOf(this.#secrets);
    this.#joined = this.#secrets
      .map(({ name, secret }) => ({ name, text: withoutControls(secret) }))
      .filter(({ text }) => text.length >= shortestJoined);
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
    const joined = withoutControls(bare);
    for (const each of this.#joined) if (joined.includes(each.text)) this.leaks.add(each.name);
    if (this.#mask(bare) === bare) return;
    for (const each of this.#secrets) if (maskOf([each])(bare) !== bare) this.leaks.add(each.name);
  }
}

function maskOf(secrets: readonly StandIn[]): (text: string) => string {
  return createTextMasker(
    secrets.map(({ secret }) => secret),
    '*****',
  );
}

function withoutControls(text: string): string {
  return text.replace(/\u001b\[[0-9;?]*[A-Za-z]|[\u0000-\u0020\u007f]/g, '');
}
