/** A route or a command: when it answers, and how often. */
export interface Rule {
  when?: string;
  times?: number;
}

/** What a target remembers: its state, and how often each of its rules answered. */
export class TargetState {
  readonly #used = new Map<Rule, number>();
  #name = 'start';

  get name(): string {
    return this.#name;
  }

  /** Why a rule does not answer now; undefined when it does. */
  refusalOf(rule: Rule): string | undefined {
    if (rule.when !== undefined && rule.when !== this.#name) {
      return `it answers in state ${rule.when}, and the target is in ${this.#name}`;
    }
    const used = this.#used.get(rule) ?? 0;
    return rule.times !== undefined && used >= rule.times ? `it has answered as often as it may: ${used}` : undefined;
  }

  /** The rule answers: which of its answers it is. The last stays. */
  take<A>(rule: Rule, answers: readonly [A, ...A[]]): A {
    const used = this.#used.get(rule) ?? 0;
    this.#used.set(rule, used + 1);
    return answers[Math.min(used, answers.length - 1)] ?? answers[0];
  }

  enter(name: string | undefined): void {
    this.#name = name ?? this.#name;
  }
}
