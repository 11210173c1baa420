import { shorten } from '../../base/shorten.ts';
import type { DialogueStep, ShellDescription } from '../description/target-description.ts';
import { findTextDifferences } from '../matching/find-differences.ts';
import { renderDifference } from '../matching/render-difference.ts';
import type { TargetRecords, Unmatched } from '../matching/target-records.ts';
import { TargetState } from '../matching/target-state.ts';
import type { Telling } from '../matching/telling.ts';

/** What the sessions of one target share: its description, its state, and the records of what it was asked. */
export class ShellTarget {
  readonly description: ShellDescription;
  readonly records: TargetRecords;
  readonly state = new TargetState();

  constructor(description: ShellDescription, records: TargetRecords) {
    this.description = description;
    this.records = records;
  }

  /** A line that no command answers. */
  refuseCommand(line: string, nearest: Telling | undefined): void {
    const near: Telling = (show) =>
      nearest === undefined ? 'There are no commands' : `The nearest is ${nearest(show)}`;
    this.#refuse('command', line, (show) => `${show(shorten(line))}: no command answers this line. ${near(show)}`);
  }

  /** Input that a dialogue does not expect. */
  refuseInput(line: string, expected: NonNullable<DialogueStep['expect']>): void {
    const [difference] = findTextDifferences(expected, line, ['expect']);
    const why: Telling = (show) => (difference === undefined ? '' : `. ${renderDifference(difference, show)}`);
    this.#refuse(
      'input',
      line,
      (show) => `${show(shorten(line))}: the dialogue does not expect this input${why(show)}`,
    );
  }

  #refuse(kind: Unmatched['kind'], got: string, tell: Telling): void {
    if (this.description.unmatched !== 'allowed') this.records.addUnmatched(kind, got, tell);
  }
}
