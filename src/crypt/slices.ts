/** A computation in slices of a few milliseconds: between two of them something else can run, or end it. */
export type Slices<T> = Generator<undefined, T>;

/** The result at once. */
export function finishAtOnce<T>(slices: Slices<T>): T {
  for (;;) {
    const { done, value } = slices.next();
    if (done === true) return value;
  }
}

/** The result after all slices, with a pause after each. @param pause What it throws ends the computation */
export async function finishWithPauses<T>(slices: Slices<T>, pause: () => Promise<void>): Promise<T> {
  for (;;) {
    const { done, value } = slices.next();
    if (done === true) return value;
    await pause();
  }
}
