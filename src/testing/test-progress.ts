import { type RanCase, tellOnce } from './tell-once.ts';
import type { SuiteHead, TestCase, TestSuite } from './test-report.ts';
import type { PlannedCase, PlannedSuite } from './test-source.ts';

/** Is told a case as far as it is known when it ends: of what ends several before they come to what they test, the first tells and the others say so. */
export type CaseListener = (suite: SuiteHead, each: TestCase) => void;

export interface QueuedCase {
  planned: PlannedCase;
  /** Place in the report. */
  position: number;
}

interface Suite extends SuiteHead {
  cases: RanCase[];
}

/** How far a run has come: which case begins next, and which have ended, told in the order of the report. */
export class TestProgress {
  readonly #queue: QueuedCase[];
  readonly #suites: Suite[];
  /** The suite of each position. */
  readonly #suiteOf: Suite[];
  readonly #ended = new Map<number, RanCase>();
  readonly #bail: boolean;
  readonly #onCase: CaseListener | undefined;
  #told = 0;

  /** @param bail The first failure is the end: nothing is taken after it. */
  constructor(chosen: readonly PlannedSuite[], bail: boolean, onCase: CaseListener | undefined) {
    this.#suites = chosen.map((suite) => ({ ...suite, cases: [] }));
    this.#suiteOf = this.#suites.flatMap((suite, index) => (chosen[index]?.cases ?? []).map(() => suite));
    this.#queue = chosen.flatMap(({ cases }) => cases).map((planned, position) => ({ planned, position }));
    this.#bail = bail;
    this.#onCase = onCase;
  }

  /** How many have not begun. */
  get waiting(): number {
    return this.#queue.length;
  }

  take(): QueuedCase | undefined {
    return this.#queue.shift();
  }

  end({ planned, position }: QueuedCase, ran: RanCase): void {
    const { name, run, isFile, ...head } = planned;
    this.#ended.set(position, { ...ran, ...head });
    if (this.#bail && ran.failure !== undefined) this.#skipOthers();
    this.#tell();
  }

  /** All have ended. */
  finish(): TestSuite[] {
    return this.#suites.map((suite) => ({ ...suite, cases: tellOnce(suite.cases) }));
  }

  #skipOthers(): void {
    for (const { planned, position } of this.#queue.splice(0)) {
      const { run, isFile, ...head } = planned;
      this.#ended.set(position, {
        ...head,
        passed: false,
        durationMs: 0,
        skipped: 'not begun after the first failure',
      });
    }
  }

  #tell(): void {
    for (let ran = this.#ended.get(this.#told); ran !== undefined; ran = this.#ended.get(this.#told)) {
      const suite = this.#suiteOf[this.#told];
      this.#ended.delete(this.#told);
      this.#told += 1;
      suite?.cases.push(ran);
      const [told] = suite === undefined ? [] : tellOnce(suite.cases).slice(-1);
      if (suite !== undefined && told !== undefined) this.#onCase?.(suite, told);
    }
  }
}
