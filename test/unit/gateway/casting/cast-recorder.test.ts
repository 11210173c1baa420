import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CastRecorder } from '../../../../src/gateway/casting/cast-recorder.ts';

let folder: string;
let now: number;
let warnings: string[];
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ph-cast-'));
  now = 1_700_000_000_500;
  warnings = [];
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function record(file = path.join(folder, 'a.cast'), columns = 80): CastRecorder {
  return new CastRecorder({
    file,
    terminal: { term: 'xterm', columns, rows: columns === 0 ? 0 : 24 },
    secrets: { values: ['hunter22'], text: (text) => text.replaceAll('hunter22', '***') },
    warn: (message) => warnings.push(message),
    now: () => now,
  });
}

const linesOf = (file: string): unknown[] =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);

test('a recording is a file of asciicast v2 for its owner alone, written as it happens', () => {
  const recorder = record();
  now += 250;
  recorder.output(Buffer.from('\u001b[1mhello\r\n'));
  const [euro = 0, ...rest] = Buffer.from('€');
  recorder.output(Buffer.of(euro));
  now += 1000;
  recorder.resize(120, 40);
  recorder.output(Buffer.from(rest));
  const whole = [
    { version: 2, width: 80, height: 24, timestamp: 1_700_000_000, env: { TERM: 'xterm' } },
    [0.25, 'o', '\u001b[1mhello\r\n'],
    [1.25, 'r', '120x40'],
    [1.25, 'o', '€'],
  ];
  expect(linesOf(recorder.file)).toEqual(whole);
  expect(statSync(recorder.file).mode & 0o777).toBe(0o600);
  recorder.close();
  expect(linesOf(recorder.file)).toEqual(whole);
  expect(warnings).toEqual([]);
});

test('every line lies in one page of the file, and all of a long text is there', () => {
  const recorder = record();
  const texts = ['€😀\u0000'.repeat(5000), 'a', 'b'.repeat(4000), 'c'.repeat(30), '😀'.repeat(3000)];
  for (const text of texts) recorder.output(Buffer.from(text));
  for (let columns = 1; columns < 300; columns++) recorder.resize(columns, 1);
  recorder.close();
  let at = 0;
  for (const line of readFileSync(recorder.file, 'utf8').split(/(?<=\n)/)) {
    const end = at + Buffer.byteLength(line) - 1;
    expect([line.endsWith('\n'), Math.floor(end / 4096)]).toEqual([true, Math.floor(at / 4096)]);
    at = end + 1;
  }
  const lines = linesOf(recorder.file).slice(1) as [number, string, string][];
  const told = lines.filter(([, kind]) => kind === 'o').map(([, , text]) => text);
  expect(told.join('')).toBe(texts.join(''));
  expect(told.every((text) => text.isWellFormed())).toBe(true);
});

test('times never go back, though a text waited that looked like a secret, or the clock was set', () => {
  const recorder = record();
  recorder.output(Buffer.from('hun'));
  now += 2000;
  recorder.resize(100, 30);
  now -= 1000;
  recorder.output(Buffer.from('t'));
  recorder.close();
  expect(linesOf(recorder.file).slice(1)).toEqual([
    [2, 'r', '100x30'],
    [2, 'o', 'hun'],
    [2, 'o', 't'],
  ]);
});

test('a terminal without a size is recorded with the usual one', () => {
  const recorder = record(undefined, 0);
  recorder.close();
  expect(linesOf(recorder.file)).toMatchObject([{ width: 80, height: 24 }]);
});

test.each(['a file', 'a link', 'no folder'])(
  'where %s is in the way, nothing is written, and there is one warning',
  (what) => {
    const file = path.join(folder, what === 'no folder' ? 'none/a.cast' : 'a.cast');
    if (what === 'a file') writeFileSync(file, 'mine');
    if (what === 'a link') symlinkSync(path.join(folder, 'b.cast'), file);
    const recorder = record(file);
    recorder.output(Buffer.from('hello'));
    recorder.close();
    expect(warnings).toEqual([expect.stringMatching(/a\.cast: .+; this recording ends here$/)]);
    expect(existsSync(path.join(folder, 'b.cast'))).toBe(false);
    if (what === 'a file') expect(readFileSync(file, 'utf8')).toBe('mine');
  },
);
