import type { Station as RealStation } from './station.ts';

export type Station = Pick<RealStation, 'fork' | 'end'>;

/** The stations of one server: those that rest, those that fork, those at work, and those that were asked for. */
export class Stations {
  readonly #there = new Set<Station>();
  readonly #forking = new Set<Station>();
  readonly #resting: Station[] = [];
  #asked = 0;

  /** All that exist, and those that were asked for. */
  get count(): number {
    return this.#there.size + this.#asked;
  }

  /** Those that will soon have a worker. */
  get expected(): number {
    return this.#forking.size + this.#asked;
  }

  /** Those that have a worker, whether it works or waits for its work. */
  get atWork(): number {
    return this.#there.size - this.#forking.size - this.#resting.length;
  }

  ask(): void {
    this.#asked += 1;
  }

  /** What did not come by now will not come, or is counted when it does. */
  forgetAsked(): void {
    this.#asked = 0;
  }

  rest(station: Station): void {
    if (!this.#there.has(station)) {
      this.#there.add(station);
      this.#asked = Math.max(0, this.#asked - 1);
    }
    this.#resting.push(station);
  }

  /** False when none rests. */
  fork(): boolean {
    const station = this.#resting.pop(); // the last one that came to rest has most of its memory ready
    if (station === undefined) return false;
    this.#forking.add(station);
    station.fork();
    return true;
  }

  hasForked(station: Station): void {
    this.#forking.delete(station);
  }

  remove(station: Station): void {
    this.#there.delete(station);
    this.#forking.delete(station);
    const index = this.#resting.indexOf(station);
    if (index >= 0) this.#resting.splice(index, 1);
  }

  /** Ends resting ones until so many are left. */
  shrink(kept: number): void {
    while (this.#there.size > kept) {
      const station = this.#resting.shift();
      if (station === undefined) return;
      this.#there.delete(station);
      station.end();
    }
  }
}
