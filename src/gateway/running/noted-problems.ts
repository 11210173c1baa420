import type { Problem } from '../../base/problem.ts';

/** The problems of a session, in the order in which they became known. */
export class NotedProblems {
  readonly #all: Problem[] = [];
  readonly #tell: (problem: Problem) => void;

  /** @param tell Is told of each one at once. */
  constructor(tell: (problem: Problem) => void) {
    this.#tell = tell;
  }

  /** Those that are noted already stay as they are. */
  add(...problems: readonly Problem[]): void {
    for (const problem of problems) {
      if (this.#all.includes(problem)) continue;
      this.#all.push(problem);
      this.#tell(problem);
    }
  }

  /** As they are stored. */
  get kept(): Pick<Problem, 'level' | 'code' | 'message' | 'hint'>[] {
    return this.#all.map(({ level, code, message, hint }) => ({ level, code, message, hint }));
  }
}
