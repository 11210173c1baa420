import { shorten } from '../../base/shorten.ts';
import type { DialogueStep, ShellDescription } from '../description/target-description.ts';
import { findTextDifferences } from '../matching/find-differences.ts';
import { renderDifference } from '../matching/render-difference.ts';
import type { TargetRecords, Unmatched } from '../matching/target-records.ts';
import { TargetState } from '../matching/target-state.ts';

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
  refuseCommand(line: string, nearest: string | undefined): void {
    const near = nearest === undefined ? 'There are no commands' : `The nearest is ${nearest}`;
    this.#refuse({ kind: 'command', got: line, message: `${shorten(line)}: no command answers this line. ${near}` });
  }

  /** Input that a dialogue does not expect. */
  refuseInput(line: string, expected: NonNullable<DialogueStep['expect']>): void {
    const [difference] = findTextDifferences(expected, line, ['expect']);
    const why = difference === undefined ? '' : `. ${renderDifference(difference)}`;
    this.#refuse({
      kind: 'input',
      got: line,
      message: `${shorten(line)}: the dialogue does not expect this input${why}`,
    });
  }

  #refuse(unmatched: Unmatched): void {
    if (this.description.unmatched !== 'allowed') this.records.unmatched.push(unmatched);
  }
}
