import { expect, test } from 'vitest';
import { describeLeft } from '../../../../src/kvgroup/running/judge-call.ts';

test.each([
  ['nothing is left', { left: [], forced: false }, 0],
  ['a child is left', { left: ['sleep'], forced: false }, 1],
  ['the plugin itself had to be killed', { left: ['python3'], forced: true }, 0],
  ['a child is left of a plugin that had to be killed', { left: ['python3', 'sleep'], forced: true }, 1],
])('%s: so many warnings', (_, report, count) => {
  expect(describeLeft(report)).toHaveLength(count);
});
