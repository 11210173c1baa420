import type { Level, Problem } from '../../base/problem.ts';
import { checkScript, type ScriptReport } from '../../platform/check/check-script.ts';
import { chooseProblemReporter } from '../command/choose-problem-reporter.ts';
import type { OptionsOf } from '../command/declare-command.ts';
import { renderAnnotations } from '../reporting/render-annotations.ts';
import { toSarif } from '../reporting/to-sarif.ts';
import type { Paint, Terminal } from '../terminal/create-terminal.ts';
import { levelColours } from '../terminal/level-colours.ts';
import { sanitize } from '../terminal/sanitize.ts';
import type { scriptCommands } from './commands/script-commands.ts';
import { readScripts, type ScriptFile } from './read-scripts.ts';
import { sayEmulated } from './say-emulated.ts';

type CheckOptions = OptionsOf<typeof scriptCommands.check>;

/** `plugin-host platform check FILE…`: exit code 1 when one of them has an error. */
export function check(terminal: Terminal, paths: string[], options: CheckOptions): Promise<number> {
  const reporter = chooseProblemReporter(options);
  sayEmulated(terminal);
  const files = readScripts(paths).map((each) => checkFile(each, options.strict ?? false));
  const ok = files.every((each) => each.ok);
  const problems = files.flatMap(({ file, problems: found }) => found.map((each) => ({ ...each, file: file ?? '' })));
  switch (reporter) {
    case 'json':
      terminal.printJson({ ok, files });
      break;
    case 'github':
      for (const each of renderAnnotations(problems, process.cwd())) terminal.print(each);
      break;
    case 'sarif':
      terminal.printJson(toSarif(problems, process.cwd()));
      break;
    case 'pretty':
      terminal.show(renderReports(files, terminal.paint));
  }
  return Promise.resolve(ok ? 0 : 1);
}

function checkFile({ file, text }: ScriptFile, strict: boolean): ScriptReport {
  if (typeof text === 'string') return checkScript(text, { file, strict });
  const problem: Problem = { level: 'error', code: 'E01', hint: 'A script is UTF-8.', file, path: '', ...text };
  return { ...checkScript('', { file }), problems: [problem] };
}

/** A line for each problem, as compilers write it, the hint below; then the tally. */
function renderReports(files: readonly ScriptReport[], paint: Paint): string {
  const problems = files.flatMap((each) => each.problems);
  const lines = problems.map(({ level, code, message, hint, file, line, column }) => {
    const place = `${file ?? ''}:${line ?? 1}:${column ?? 1}`;
    const told = paint(levelColours[level], level);
    return `${sanitize(place)}: ${told} ${code} ${sanitize(message)}\n  ${sanitize(hint)}`;
  });
  return [...lines, tally(files, problems, paint)].join('\n');
}

function tally(files: readonly ScriptReport[], problems: readonly Problem[], paint: Paint): string {
  const refused = files.filter(({ ok }) => !ok).length;
  const state = refused === 0 ? paint('green', 'ok') : paint('red', 'refused');
  const count = (level: Level, name: string): string => {
    const found = problems.filter((each) => each.level === level).length;
    return `${found} ${name}${found === 1 || level === 'info' ? '' : 's'}`;
  };
  const counts = [count('error', 'error'), count('warning', 'warning'), count('info', 'info')].join(', ');
  const scripts = files.length === 1 ? sanitize(files[0]?.file ?? '') : `${files.length} scripts, ${refused} refused`;
  return `${state}  ${scripts}  ${paint('dim', counts)}`;
}
