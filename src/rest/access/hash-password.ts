import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

const cost = { N: 16_384, r: 8, p: 1 };
const keyBytes = 32;

/** A salted hash of a password, as it is stored: `scrypt:SALT:HASH`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return `scrypt:${salt.toString('hex')}:${(await derive(password, salt)).toString('hex')}`;
}

/** Whether a password has a stored hash. Takes the same time for any password. */
export async function hasHash(password: string, stored: string): Promise<boolean> {
  const [, salt = '', hash = ''] = stored.split(':');
  const expected = Buffer.from(hash, 'hex');
  const derived = await derive(password, Buffer.from(salt, 'hex'));
  return expected.length === derived.length && timingSafeEqual(expected, derived);
}

function derive(password: string, salt: Buffer): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  scrypt(password, salt, keyBytes, cost, (error, key) => {
    if (error === null) resolve(key);
    else reject(error);
  });
  return promise;
}
