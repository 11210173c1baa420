import { describe, expect, test } from 'vitest';
import { findDocumentKind } from '../../../../src/lsp/documents/document-kind.ts';

describe('a document', () => {
  test.each([
    ['/a/MANIFEST', '', 'manifest'],
    ['/a/plugin-host.yaml', '', 'project'],
    ['/a/otp.plugin-test.yaml', '', 'plugin-test'],
    ['/a/otp.platform-test.yml', '', 'platform-test'],
    ['/a/login.scenario.yaml', '', 'scenario'],
    ['/a/input.kvg', '', 'kvgroup-message'],
    ['/a/expect.yaml', '', 'kvgroup-test'],
    ['/a/login.yaml', 'login: x\nplugins:\n', 'scenario'],
    ['/a/login.yaml', '{plugins: {aa: .}}', 'scenario'],
    ['/a/host.json', '{ "Id": "X", "BackEnd": ', 'platform-script'],
    ['/a/package.json', '{ "name": "BackEnd" }', undefined],
    ['/a/ci.yaml', 'jobs:\n  plugins: 1\n', undefined],
    ['/a/MANIFEST.in', '', undefined],
    ['/a/main.py', '', undefined],
  ])('%s with %j is known by its name or its keys', (file, text, kind) => {
    expect(findDocumentKind(file, text)).toBe(kind);
  });
});
