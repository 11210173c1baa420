import { expect, test } from 'vitest';
import { chooseReporter, type ReporterChoice } from '../../../../src/testing/reporters/choose-reporter.ts';

test.each<[ReporterChoice, string]>([
  [{}, 'pretty'],
  [{ json: true }, 'json'],
  [{ json: true, reporter: 'json' }, 'json'],
  [{ reporter: 'tap' }, 'tap'],
  [{ reporter: 'pretty', watch: true }, 'pretty'],
])('%j gives %s', (choice, expected) => {
  expect(chooseReporter(choice)).toBe(expected);
});

test.each<[ReporterChoice, string]>([
  [{ reporter: 'tapp' }, 'tapp is not a reporter'],
  [{ json: true, reporter: 'tap' }, '--json prints JSON, --reporter tap something else'],
  [{ json: true, watch: true }, '--watch reports after each change, json is one document'],
  [{ reporter: 'junit', watch: true }, '--watch reports after each change, junit is one document'],
])('%j is refused', (choice, message) => {
  expect(() => chooseReporter(choice)).toThrow(message);
});
