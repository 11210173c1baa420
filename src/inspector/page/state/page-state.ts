import type { Shown } from './shown.ts';
import { Refusal } from './source.ts';

const noteMs = 4000;

/** What is shown, and how it changes. */
export class PageState {
  shown: Shown;
  readonly #onChange: () => void;
  #noteTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(shown: Shown, onChange: () => void) {
    this.shown = shown;
    this.#onChange = onChange;
  }

  /** For a moment. */
  say(note: string): void {
    clearTimeout(this.#noteTimer);
    this.set({ note });
    this.#noteTimer = setTimeout(() => {
      this.set({ note: undefined });
    }, noteMs);
  }

  fail(error: unknown): void {
    this.set({ alert: error instanceof Error ? error.message : String(error) });
  }

  dismiss(): void {
    this.set({ alert: undefined });
  }

  protected async attempt(run: () => Promise<void>): Promise<void> {
    try {
      await run();
    } catch (error) {
      // The state of the connection says it.
      if (error instanceof TypeError || (error instanceof Refusal && error.code === 'TOKEN_MISSING')) return;
      this.fail(error);
    }
  }

  protected set(change: Partial<Shown>): void {
    this.shown = { ...this.shown, ...change };
    this.#onChange();
  }
}
