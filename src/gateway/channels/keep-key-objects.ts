import { createSecretKey } from 'node:crypto';

/** Where a cipher of the library keeps the bytes of its keys: of AES-GCM to encrypt and to decrypt, of a MAC. */
const keyNames = ['_encKey', '_decipherKey', '_macKey'];

/**
 * Gives a cipher of the library its keys as Node wants them. The library begins each packet with the bytes of a key, and to make a key of them
 * takes Node longer than to encrypt the packet.
 */
export function keepKeyObjects(cipher: object): void {
  for (const name of keyNames) {
    const key: unknown = Reflect.get(cipher, name);
    if (Buffer.isBuffer(key)) Reflect.set(cipher, name, createSecretKey(key));
  }
}
