import type { Problem } from '../../../../src/base/problem.ts';
import { checkScript } from '../../../../src/platform/check/check-script.ts';

/** Stands in front of the place that a problem must name. */
export const mark = '◆';

/** A script whose only operation has these steps, and whatever else is given. */
export function scriptOf(steps: string, others = '', parameters = '{"Address": {"Type": "String"}}'): string {
  const operation = `"CheckSystem": {"Parameters": [${parameters}],\n "Do": [${steps}${steps === '' ? '' : ','}\n  {"Return": {"Value": true}}]}`;
  return `{"Id": "X", "BackEnd": "Scriptable",\n ${operation}${others === '' ? '' : `,\n ${others}`}}`;
}

/** `CODE line:column` of each problem of a rule, and the places of the marks. */
export function compare(code: string, marked: string): { told: string[]; marks: string[]; problems: Problem[] } {
  const pieces = marked.split(mark);
  const marks = pieces.slice(0, -1).map((_piece, index) => placeAtEnd(pieces.slice(0, index + 1).join('')));
  const problems = checkScript(pieces.join(''), { file: 'x.json' }).problems.filter((each) => each.code === code);
  return { told: problems.map(({ line, column }) => `${line ?? ''}:${column ?? ''}`), marks, problems };
}

function placeAtEnd(text: string): string {
  const lines = text.split('\n');
  return `${lines.length}:${Array.from(lines.at(-1) ?? '').length + 1}`;
}

/** Codes of all problems of a script, without those that any small script has. */
export function codesOf(text: string): string[] {
  return checkScript(text).problems.map(({ code }) => code);
}
