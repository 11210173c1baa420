import { countCases, type TestReport } from '../test-report.ts';
import { renderTime } from './render-time.ts';
import type { PaintReport } from './reporter.ts';

/** `11 passed, 1 failed  1.2 s` */
export function renderTally({ suites, durationMs }: TestReport, paint: PaintReport): string {
  const { passed, failed, skipped = 0 } = countCases(suites);
  const parts = [
    paint(failed === 0 ? 'green' : 'dim', `${passed} passed`),
    ...(failed === 0 ? [] : [paint('red', `${failed} failed`)]),
    ...(skipped === 0 ? [] : [paint('dim', `${skipped} skipped`)]),
  ];
  return `${parts.join(', ')}  ${paint('dim', renderTime(durationMs))}`;
}
