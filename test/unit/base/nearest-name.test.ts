import { expect, test } from 'vitest';
import { nearestName, renderSuggestion } from '../../../src/base/nearest-name.ts';

test.each([
  ['autenticate', 'authenticate'],
  ['Authorize', 'authorize'],
  ['xyz', undefined],
  ['', undefined],
])('%j means %s', (name, nearest) => {
  expect(nearestName(name, ['authenticate', 'authorize'])).toBe(nearest);
});

test('without a near name all are listed', () => {
  expect(renderSuggestion('q', ['aa', 'bb'])).toBe('Known: aa, bb.');
  expect(renderSuggestion('auth', ['path', 'basic'])).toBe('Known: path, basic.');
  expect(renderSuggestion('Lgo', ['Log', 'Try'])).toBe('Did you mean Log?');
  expect(renderSuggestion('quite other', ['aa', 'bb'])).toBe('Known: aa, bb.');
});
