import { createHash } from 'node:crypto';
import { encodeTriple } from './encode-triple.ts';

const rounds = 1000;

/** `$1$salt$hash`. Source: crypt(3) of FreeBSD, MD5. @param magic What AIX leaves out */
export function md5Crypt(password: string, saltText: string, magic = '$1$'): string {
  const key = Buffer.from(password);
  const salt = Buffer.from(saltText.slice(0, 8));
  const inner = createHash('md5').update(key).update(salt).update(key).digest();
  const hash = createHash('md5').update(key).update(magic).update(salt);
  for (let left = key.length; left > 0; left -= 16) hash.update(inner.subarray(0, Math.min(16, left)));
  for (let bits = key.length; bits > 0; bits >>= 1)
    hash.update((bits & 1) === 1 ? Buffer.alloc(1) : key.subarray(0, 1));
  let final = hash.digest();
  for (let round = 0; round < rounds; round++) {
    const next = createHash('md5').update(round % 2 === 1 ? key : final);
    if (round % 3 !== 0) next.update(salt);
    if (round % 7 !== 0) next.update(key);
    final = next.update(round % 2 === 1 ? final : key).digest();
  }
  const at = (index: number): number => final[index] ?? 0;
  const triples = [
    [0, 6, 12],
    [1, 7, 13],
    [2, 8, 14],
    [3, 9, 15],
    [4, 10, 5],
  ];
  const text = triples.map(([a = 0, b = 0, c = 0]) => encodeTriple(at(a), at(b), at(c), 4)).join('');
  return `${magic}${salt.toString()}$${text}${encodeTriple(0, 0, at(11), 2)}`;
}
