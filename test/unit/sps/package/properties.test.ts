import { writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkManifest } from '../../../../src/sps/manifest/check-manifest.ts';
import { defaultRelease } from '../../../../src/sps/manifest/release.ts';
import { openPackage } from '../../../../src/sps/package/open-package.ts';
import { runs } from '../../../thorough.ts';
import { goodMain, goodManifest } from './good-package.ts';
import { rawZip } from './raw-zip.ts';
import { makeTemporaryFolder } from './temporary-folder.ts';

const options = { release: defaultRelease, strict: true };

/** Checks that a report is one, whatever the bytes. */
function expectReport(bytes: Uint8Array): void {
  const { manifest, fields, problems } = checkManifest(bytes, options);
  JSON.stringify(manifest);
  for (const { code, message, hint } of problems) {
    expect(code).toMatch(/^[A-Z_]+$/);
    expect(message).toMatch(/^MANIFEST(:[0-9]+){0,2}: /);
    expect(hint).toMatch(/\w/);
  }
  if (manifest === null) expect(fields).toBeUndefined();
}

const pieces = [
  'name',
  ': ',
  '\n',
  '\n  ',
  '- ',
  '? ',
  '[',
  ']',
  '{',
  '}',
  ', ',
  '"',
  "'",
  ' #',
  '&a ',
  '*a',
  '!!str ',
  '!!set ',
  '|\n ',
  '>-\n',
  '<<: *a',
  '=',
  '1:30',
  '.5',
  '0x',
  '~',
  '\t',
  '\\x',
  '---\n',
  '%TAG ! x\n',
  '\u2028',
  '\ufeff',
];
const yamlSoup = fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => parts.join(''));
const mutations = fc.array(
  fc.tuple(fc.nat(), fc.nat({ max: 6 }), fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 3 }))),
  { maxLength: 4 },
);

function mutate(text: string, changes: [number, number, string][]): string {
  return changes.reduce((mutated, [at, length, inserted]) => {
    const start = at % (mutated.length + 1);
    return mutated.slice(0, start) + inserted + mutated.slice(start + length);
  }, text);
}

test('no bytes make the check of a MANIFEST throw', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), expectReport), { numRuns: runs(500) });
});

test('no text makes the check of a MANIFEST throw', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    yamlSoup,
    yamlSoup.map((soup) => `${goodManifest}x: ${soup}`),
  );
  fc.assert(
    fc.property(text, (each) => {
      expectReport(Buffer.from(each));
    }),
    { numRuns: runs(2000) },
  );
});

test('no damage to a good MANIFEST makes its check throw', () => {
  fc.assert(
    fc.property(mutations, (changes) => {
      expectReport(Buffer.from(mutate(goodManifest, changes)));
    }),
    { numRuns: runs(2000) },
  );
});

const goodZip = rawZip([
  { name: 'MANIFEST', content: goodManifest },
  { name: 'main.py', content: goodMain, method: 8, mode: 0o100644 },
  { name: 'lib/', mode: 0o040755 },
]);

test('no damage to a ZIP makes it throw, escape or leave something half done', async () => {
  const folder = makeTemporaryFolder();
  const file = path.join(folder, 'plugin.zip');
  const damaged = fc
    .array(fc.tuple(fc.nat({ max: goodZip.length - 1 }), fc.nat({ max: 255 })), { minLength: 1, maxLength: 6 })
    .map((changes) => {
      const zip = Buffer.from(goodZip);
      for (const [at, value] of changes) zip[at] = value;
      return zip;
    });
  const cut = fc
    .tuple(fc.nat({ max: goodZip.length }), fc.nat({ max: goodZip.length }))
    .map(([start, end]) => goodZip.subarray(start, end));
  await fc.assert(
    fc.asyncProperty(fc.oneof(damaged, cut, fc.uint8Array({ maxLength: 200 })), async (bytes) => {
      writeFileSync(file, bytes);
      const { package: opened, problems } = await openPackage(file, { stateDir: path.join(folder, 'state') });
      if (opened === undefined) expect(problems[0]?.code).toMatch(/^(ZIP_INVALID|ZIP_TOO_LARGE|PATH_ESCAPES)$/);
      else expect(path.dirname(opened.root)).toBe(path.join(folder, 'state', 'packages'));
    }),
    { numRuns: runs(500) },
  );
});
