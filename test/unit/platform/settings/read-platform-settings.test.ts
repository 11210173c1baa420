import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readPlatformSettings } from '../../../../src/platform/settings/read-platform-settings.ts';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ph-test-'));
  mkdirSync(path.join(folder, 'scripts'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function read(text: string): unknown {
  writeFileSync(path.join(folder, 'scripts/plugin-host.yaml'), text);
  return readPlatformSettings(path.join(folder, 'scripts'), { currentFolder: folder });
}

describe('the section platform of plugin-host.yaml', () => {
  test('says how scripts are run; a path in it is relative to the file', () => {
    const text = `platform:
  allow: [portal.example, '*.lab.example', 10.0.0.0/8]
  connectTo: ['portal.example:443:127.0.0.1:8443']
  ca: keys/root.pem
  maxRun: 5m
  quiet: 200ms
  terminal: vt100
  strictResult: true
`;
    expect(read(text)).toEqual({
      allow: ['portal.example', '*.lab.example', '10.0.0.0/8'],
      connectTo: ['portal.example:443:127.0.0.1:8443'],
      ca: path.join(folder, 'scripts/keys/root.pem'),
      maxRunMs: 300_000,
      quietMs: 200,
      terminal: 'vt100',
      strictResult: true,
    });
  });

  test('may be absent, and so may the file', () => {
    const none = { allow: [], connectTo: [], ca: undefined, maxRunMs: undefined, strictResult: false };
    expect(read('python: python3\n')).toMatchObject(none);
    expect(readPlatformSettings(folder, { currentFolder: folder })).toMatchObject(none);
  });

  test('is that of the file that was named', () => {
    writeFileSync(path.join(folder, 'other.yaml'), 'platform: {quiet: 1}\n');
    expect(
      readPlatformSettings(path.join(folder, 'scripts'), { hostConfig: 'other.yaml', currentFolder: folder }),
    ).toMatchObject({ quietMs: 1000, allow: [] });
  });

  test.each([
    ['platform: {alow: []}', /:1:12: .*unknown key alow\. Did you mean allow\?/],
    ['platform: {}\nplatfrom: {}', /:2:1: unknown key platfrom\. Did you mean platform\?/],
    ['platform:\n  allow: portal.example', /:2:3: platform\.allow must be array/],
    ['platform:\n  allow:\n    - good.example\n    - host:99999', /:4:7: platform\.allow\.1: expected HOST\[:PORT\]/],
    ["platform:\n  connectTo: ['a:b']", /:2:15: platform\.connectTo\.0 is not valid\. Expected HOST:PORT:HOST2:PORT2/],
    ['platform:\n  maxRun: 0', /:2:3: platform\.maxRun: 0 is no duration/],
    ['platform:\n  quiet: soon', /:2:3: platform\.quiet is not valid/],
    ['platform:\n  terminal: xterm', /:2:13: platform\.terminal must be one of dumb, vt100/],
    ['platform:\n  strictResult: 1', /:2:3: platform\.strictResult must be boolean/],
    ['platform:\n  ca: ""', /:2:3: platform\.ca/],
    ['platform:', /:1:\d+: platform must be object/],
  ])('is told with its line where it is wrong: %j', (text, expected) => {
    expect(() => read(text)).toThrow(expected);
  });

  test.each(['platform: {conectTo: []}', 'environment: 1\nplatform: {conectTo: []}'])(
    'lists its own keys where one is unknown: %j',
    (text) => {
      const hint = 'Known keys of platform: allow, connectTo, ca, maxRun, quiet, terminal, strictResult.';
      expect(() => read(text)).toThrow(expect.objectContaining({ hint }));
    },
  );
});
