import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { Checking } from '../../../../src/lsp/server/checking.ts';

const uri = 'file:///a';
let document: TextDocument | undefined;
let finish: (() => void)[] = [];
const published: number[] = [];
const defects: unknown[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  document = TextDocument.create(uri, 'yaml', 1, '');
  finish = [];
  published.length = 0;
  defects.length = 0;
});

afterEach(() => {
  vi.useRealTimers();
});

function create(check?: () => Promise<[]>): Checking {
  return new Checking({
    documentOf: () => document,
    check:
      check ??
      (() =>
        new Promise<[]>((resolve) => {
          finish.push(() => {
            resolve([]);
          });
        })),
    publish: (_uri, version) => published.push(version),
    onDefect: (error) => defects.push(error),
  });
}

test('a document is checked once its author pauses', async () => {
  const checking = create();
  for (let key = 0; key < 50; key += 1) {
    checking.schedule(uri);
    vi.advanceTimersByTime(20);
  }
  expect(finish).toHaveLength(0);
  vi.advanceTimersByTime(1000);
  expect(finish).toHaveLength(1);
  finish[0]?.();
  await vi.waitFor(() => {
    expect(published).toEqual([1]);
  });
});

test.each<[string, () => void]>([
  ['changed', () => void TextDocument.update(document as TextDocument, [{ text: 'x' }], 2)],
  ['closed', () => (document = undefined)],
  ['opened anew', () => (document = TextDocument.create(uri, 'yaml', 1, ''))],
])('what was found before a document was %s is dropped', async (_what, happen) => {
  create().schedule(uri);
  vi.advanceTimersByTime(1000);
  happen();
  finish[0]?.();
  await vi.advanceTimersByTimeAsync(10);
  expect(published).toEqual([]);
});

test('a defect is told, and the next check works', async () => {
  let isBroken = true;
  const checking = create(() => (isBroken ? Promise.reject(new Error('defect')) : Promise.resolve([])));
  checking.schedule(uri);
  await vi.advanceTimersByTimeAsync(1000);
  isBroken = false;
  checking.schedule(uri);
  await vi.advanceTimersByTimeAsync(1000);
  expect(defects).toHaveLength(1);
  expect(published).toEqual([1]);
});

test('nothing is checked after the end', () => {
  const checking = create();
  checking.schedule(uri);
  checking.close();
  expect(vi.getTimerCount()).toBe(0);
});
