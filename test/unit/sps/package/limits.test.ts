import { expect, test } from 'vitest';
import { checkManifest } from '../../../../src/sps/manifest/check-manifest.ts';
import { defaultRelease } from '../../../../src/sps/manifest/release.ts';
import { goodManifest } from './good-package.ts';

const megabyte = 1024 * 1024;

function codesOf(text: string): string[] {
  const { manifest, problems } = checkManifest(Buffer.from(text), { release: defaultRelease, strict: false });
  // Who reads a report writes it; that must end, too.
  expect(JSON.stringify(manifest).length).toBeLessThan(10 * megabyte);
  for (const { message, hint } of problems) expect(message.length + hint.length).toBeLessThan(1000);
  // Most of these hide in keys that nobody reads.
  return problems.map(({ code }) => code).filter((code) => code !== 'FIELD_UNKNOWN');
}

/** Each level holds the one before nine times. */
function laughs(levels: number, first: string, next: (alias: string) => string): string {
  const lines = Array.from({ length: levels }, (_, n) => `a${n + 1}: &a${n + 1} ${next(`*a${n}`)}`);
  return `${goodManifest}a0: &a0 ${first}\n${lines.join('\n')}\n`;
}

const nine = (alias: string) => Array.from({ length: 9 }, () => alias).join(', ');

test.each<[string, string, string[]]>([
  ['a billion laughs in lists', laughs(40, '[x]', (alias) => `[${nine(alias)}]`), []],
  ['a billion laughs in mappings', laughs(40, '{k: x}', (alias) => `{a: ${alias}, b: ${alias}}`), []],
  ['merges of merges', laughs(40, '{k: x}', (alias) => `{<<: [${nine(alias)}]}`), ['MANIFEST_NOT_YAML']],
  ['a list inside itself', `${goodManifest}x: &x [*x, {y: *x}]\n`, []],
  ['a mapping that merges itself', `${goodManifest}x: &x {<<: *x, y: 1}\n`, []],
  ['a text that stands for itself', `${goodManifest}x: &x !!str {=: *x}\n`, ['MANIFEST_NOT_YAML']],
  ['aliases of aliases', `${laughs(20_000, '[x]', (alias) => `[${alias}]`)}<<: {z: *a20000}\n`, []],
  ['lists 480 deep', `${goodManifest}x: ${'['.repeat(480)}${']'.repeat(480)}\n`, []],
  ['lists 500 deep', `${goodManifest}x: ${'['.repeat(500)}${']'.repeat(500)}\n`, ['MANIFEST_NOT_YAML']],
  ['very many open brackets', '['.repeat(5 * megabyte), ['MANIFEST_NOT_YAML']],
  ['very many list items', '- a\n'.repeat(2 * megabyte), ['MANIFEST_NOT_YAML']],
  ['very many digits', `${goodManifest}x: ${'9'.repeat(megabyte)}\n`, ['MANIFEST_NOT_YAML']],
  ['very many hexadecimal digits', goodManifest.replace('1.0', `0x${'f'.repeat(megabyte)}`), ['VERSION_FORMAT']],
  ['a very long number in base 60', `${goodManifest}x: 1${':1'.repeat(megabyte)}\n`, ['MANIFEST_NOT_YAML']],
  ['a very long float in base 60', `${goodManifest}x: 1${':1'.repeat(megabyte)}.5\n`, ['MANIFEST_NOT_YAML']],
  ['a very long address', `${goodManifest}author_email: a@${'a.'.repeat(megabyte)}\n`, ['EMAIL_FORMAT']],
  ['a very long tag', `${goodManifest}x: !${'a'.repeat(megabyte)} y\n`, ['MANIFEST_NOT_YAML']],
  ['very many blanks in quotes', `${goodManifest}x: "${' \n'.repeat(megabyte)}"\n`, []],
  ['very many empty lines', '\n'.repeat(20 * megabyte), ['MANIFEST_NOT_A_MAPPING']],
])('%s', (_what, text, expected) => {
  expect(codesOf(text)).toEqual(expected);
});
