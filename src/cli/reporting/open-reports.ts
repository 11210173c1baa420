import { appendFileSync } from 'node:fs';
import { renderDuration } from '../../base/parse-duration.ts';
import { withoutControls } from '../../base/without-controls.ts';
import { fileUnwritable } from '../../documents/file-unwritable.ts';
import type { ChosenReporter } from '../../testing/reporters/choose-reporters.ts';
import { createReporter } from '../../testing/reporters/create-reporter.ts';
import { renderCoverage } from '../../testing/reporters/render-coverage.ts';
import { renderJobSummary } from '../../testing/reporters/render-job-summary.ts';
import { renderTally } from '../../testing/reporters/render-tally.ts';
import type { Reporter } from '../../testing/reporters/reporter.ts';
import type { TestReport } from '../../testing/test-report.ts';
import type { Terminal } from '../terminal/create-terminal.ts';
import { ReportFile } from './report-file.ts';

export interface OpenReportsOptions {
  terminal: Terminal;
  slowest: number | undefined;
  currentFolder: string;
  environment: NodeJS.ProcessEnv;
}

/** As a reporter, and told the names of what comes. */
interface OpenedReports extends Required<Omit<Reporter, 'begin'>> {
  begin: (titles: readonly string[]) => void;
}

/** All chosen reporters as one; files are written at the end. @throws PluginHostError FILE_UNWRITABLE, before anything is run and at the end */
export function openReports(chosen: readonly ChosenReporter[], options: OpenReportsOptions): OpenedReports {
  const { terminal, slowest, currentFolder } = options;
  const opened = chosen.map(({ name, file }) => {
    const target = file === undefined ? undefined : new ReportFile(file, terminal);
    const reporter = createReporter(name, {
      write: target?.write ?? (name === 'pretty' ? terminal.show : terminal.print),
      paint: target === undefined ? terminal.paint : (_style, text) => text,
      slowest,
      currentFolder,
    });
    return { name, reporter, target };
  });
  let isBegun = false;
  let awaited: readonly string[] = [];
  let count = 0;
  let told = 0;
  let since = 0;
  let stop = (): void => undefined;
  const titleAwaited = (): string => inOneLine(awaited[told] ?? '');
  const showProgress = (): void => {
    stop();
    since = performance.now();
    stop = told < count ? terminal.progress(`${told + 1} of ${count}  ${titleAwaited()}`) : () => undefined;
  };
  return {
    begin: (titles) => {
      isBegun = true;
      awaited = titles;
      count = titles.length;
      for (const { reporter } of opened) reporter.begin?.(count);
      showProgress();
    },
    add: (suite, each) => {
      told += 1;
      for (const { reporter } of opened) reporter.add?.(suite, each);
      showProgress();
    },
    end: (report) => {
      stop();
      for (const { reporter, target } of opened) {
        reporter.end(report);
        target?.save();
      }
      if (opened.some(({ name }) => name === 'github')) appendSummary(report, options);
      if (report.coverage !== undefined && !opened.some(({ name }) => name === 'pretty'))
        terminal.say(renderCoverage(report.coverage, terminal.paintError));
      const files = opened.flatMap(({ target }) => target?.name ?? []);
      // Whoever looks on should see how it ended.
      if (files.length === opened.length)
        terminal.say(`${renderTally(report, terminal.paintError)}  ${files.join(', ')}`);
    },
    giveUp: () => {
      stop();
      if (!isBegun) return;
      for (const { reporter } of opened) reporter.giveUp?.();
      const after = renderDuration(performance.now() - since);
      if (told < count) terminal.say(`case ${told + 1} of ${count} had not ended after ${after}: ${titleAwaited()}`);
    },
  };
}

/** A name may hold anything. */
function inOneLine(text: string): string {
  return withoutControls(text).replace(/\s+/g, ' ');
}

/** Below what other steps of the job have written. Source: GitHub documentation, environment files. */
function appendSummary(report: TestReport, { environment }: OpenReportsOptions): void {
  const file = environment['GITHUB_STEP_SUMMARY'];
  if (file === undefined || file === '') return;
  try {
    appendFileSync(file, renderJobSummary(report));
  } catch (cause) {
    throw fileUnwritable(
      file,
      cause,
      'GITHUB_STEP_SUMMARY names the file of the job summary; unset it, or name one that can be written.',
    );
  }
}
