import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createListedTarget } from '../../../../src/sps/simulation/create-listed-target.ts';
import { encodePublicKey } from '../../../../src/sps/simulation/encode-public-key.ts';

const pem = { type: 'pkcs8', format: 'pem' } as const;
const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export(pem).toString();
const dsa = generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 }).privateKey.export(pem).toString();
const ed25519 = generateKeyPairSync('ed25519').privateKey.export(pem).toString();

/** The first three parts of what an SSH key holds. */
function partsOf(base64: string): Buffer[] {
  const parts: Buffer[] = [];
  for (let rest = Buffer.from(base64, 'base64'); rest.length > 0;) {
    const length = rest.readUInt32BE(0);
    parts.push(rest.subarray(4, 4 + length));
    rest = rest.subarray(4 + length);
  }
  return parts;
}

describe('the emulated target', () => {
  test('takes anything when it is not described', async () => {
    expect(await createListedTarget(undefined).takesPassword('x')).toBe(true);
    expect(await createListedTarget(undefined).takesKey('no key')).toBe(true);
    expect(await createListedTarget(undefined).takesNothing()).toBe(true);
  });

  test('takes what it lists and nothing else', async () => {
    expect(await createListedTarget({ passwords: ['right'] }).takesPassword('right')).toBe(true);
    expect(await createListedTarget({ passwords: ['right'] }).takesPassword('wrong')).toBe(false);
    expect(await createListedTarget({}).takesPassword('')).toBe(false);
    expect(await createListedTarget({}).takesKey(rsa)).toBe(false);
    expect(await createListedTarget({}).takesNothing()).toBe(false);
  });

  test.each([
    ['RSA', 'ssh-rsa', rsa],
    ['DSA', 'ssh-dss', dsa],
  ])('knows a private key in %s by its public half', async (_name, type, key) => {
    const publicKey = `${type} ${encodePublicKey(key) ?? ''} somebody@somewhere`;
    expect(await createListedTarget({ publicKeys: ['# none', publicKey] }).takesKey(key)).toBe(true);
    expect(await createListedTarget({ publicKeys: [publicKey] }).takesKey(type === 'ssh-rsa' ? dsa : rsa)).toBe(false);
  });

  test('writes public keys as SSH does', () => {
    const [type, exponent, modulus] = partsOf(encodePublicKey(rsa) ?? '');
    expect(type?.toString()).toBe('ssh-rsa');
    expect(exponent).toEqual(Buffer.of(1, 0, 1));
    expect(modulus).toHaveLength(129);
    const parts = partsOf(encodePublicKey(dsa) ?? '');
    expect(parts.map(({ length }) => length > 0)).toEqual([true, true, true, true, true]);
    expect(parts[0]?.toString()).toBe('ssh-dss');
  });

  test.each([
    ['of another type', ed25519],
    ['that is none', 'secret'],
  ])('does not take a key %s', async (_what, key) => {
    expect(encodePublicKey(key)).toBeUndefined();
    expect(await createListedTarget({ publicKeys: [] }).takesKey(key)).toBe(false);
  });
});
