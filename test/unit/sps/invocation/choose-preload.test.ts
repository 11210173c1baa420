import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { choosePreload, findImported } from '../../../../src/sps/invocation/choose-preload.ts';
import { preloadModules } from '../../../../src/sps/invocation/preload-modules.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'ph-test-'));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

test.each([
  ['import json', ['json']],
  ['import os.path as p, csv  # and more', ['os.path', 'csv']],
  ['    import hmac; import uuid', ['hmac']],
  ['from urllib import parse', ['urllib', 'urllib.parse']],
  ['from http import (\n    client,\n    cookiejar,\n)', ['http', 'http.client', 'http.cookiejar']],
  ['from safeguard.sessions.plugin import AAPlugin', ['safeguard.sessions.plugin']],
  ['from safeguard.sessions.plugin.mfa_client import MFAClient', ['safeguard.sessions.plugin']],
])('%j names its modules', (source, names) => {
  expect([...findImported(source)]).toEqual(expect.arrayContaining(names));
});

test('of what can be preloaded, only what a plugin names is, in all of its folders', () => {
  writeFileSync(path.join(root, 'main.py'), 'import json\nimport lib.client\n');
  mkdirSync(path.join(root, 'lib'));
  writeFileSync(path.join(root, 'lib/client.py'), 'import requests\n');
  expect(choosePreload(root)).toEqual(['requests', 'inspect', 'traceback', 'json']);
});

test('a plugin that is long to read has everything preloaded', () => {
  for (let file = 0; file <= 64; file += 1) writeFileSync(path.join(root, `m${file}.py`), '');
  expect(choosePreload(root)).toEqual(preloadModules);
});
