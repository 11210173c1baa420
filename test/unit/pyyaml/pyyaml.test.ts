import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { constructYaml } from '../../../src/pyyaml/construct-yaml.ts';
import { parseYaml } from '../../../src/pyyaml/parse-yaml.ts';
import { checkManifest } from '../../../src/sps/manifest/check-manifest.ts';
import { decodeUtf8 } from '../../../src/sps/manifest/decode-utf8.ts';
import { dumpValue, type Dump } from './dump-value.ts';

/** What PyYAML 6.0.3 and the MANIFEST check of Plugin SDK 1.9.1 made of a text. */
interface RecordedCase {
  text?: string;
  /** In place of `text` where the bytes are no UTF-8. */
  base64?: string;
  /** Missing where the parser refuses. */
  value?: Dump;
  /** Taken from a ZIP. */
  zip: boolean;
  /** Taken from a folder, by `pluginv`. */
  pluginv: boolean;
  /** Taken by an appliance with API 1.9. */
  fits?: boolean;
}

const file = path.join(import.meta.dirname, '../../fixtures/packages/pyyaml-cases.jsonl');
const cases = readFileSync(file, 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as RecordedCase);
const release = { api: '1.9', spsVersion: '9.0.0' };
const releaseCodes = new Set(['API_TOO_NEW', 'API_OTHER_MAJOR', 'SPS_TOO_OLD', 'SPS_TOO_NEW']);

function titled(some: RecordedCase[]): [string, RecordedCase][] {
  return some.map((each) => [JSON.stringify(each.text ?? each.base64).slice(0, 100), each]);
}

function bytesOf({ text, base64 }: RecordedCase): Buffer {
  return base64 === undefined ? Buffer.from(text ?? '') : Buffer.from(base64, 'base64');
}

test.each(titled(cases))('the verdict is that of the vendor on %s', (_title, recorded) => {
  const bytes = bytesOf(recorded);
  const errors = (strict: boolean) =>
    checkManifest(bytes, { release, strict }).problems.filter(({ level }) => level === 'error');
  const isTaken = (strict: boolean) => errors(strict).every(({ code }) => releaseCodes.has(code));
  expect({ zip: isTaken(false), pluginv: isTaken(true) }).toEqual({ zip: recorded.zip, pluginv: recorded.pluginv });
  const isRefused = errors(false).some(({ code }) => code === 'API_TOO_NEW' || code === 'API_OTHER_MAJOR');
  if (recorded.fits !== undefined) expect(!isRefused).toBe(recorded.fits);
});

test.each(titled(cases.filter(({ value }) => value !== undefined)))(
  'PyYAML reads the same value in %s',
  (_title, recorded) => {
    const text = decodeUtf8(bytesOf(recorded));
    if (typeof text !== 'string') throw new Error('recorded cases with a value are UTF-8');
    const node = parseYaml(text.replace(/\r\n?/g, '\n'));
    expect(dumpValue(node === undefined ? null : constructYaml(node))).toEqual(recorded.value);
  },
);
