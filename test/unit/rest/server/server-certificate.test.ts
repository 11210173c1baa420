import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ownCertificate } from '../../../../src/rest/server/server-certificate.ts';

const dayMs = 86_400_000;

test('the own certificate is kept until 30 days before its end', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'ph-test-'));
  const after = (days: number): string => ownCertificate(folder, new Date(Date.now() + days * dayMs)).fingerprint;
  try {
    const first = after(0);
    expect(after(1)).toBe(first);
    expect(after(790)).toBe(first);
    const second = after(800);
    expect(second).not.toBe(first);
    expect(after(800)).toBe(second);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
