import { expect, test } from 'vitest';
import { shaCrypt } from '../../../src/crypt/sha-crypt.ts';

// What perl's crypt gives on Debian 12; the first is in the specification too.
test.each([
  [
    'Hello world!',
    'saltstring',
    '$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1',
  ],
  ['', 'a', '$6$a$Z6IPkDduHdwavesVY2NFMpOHkigshxPYdhfLg0D3A7/XFQcso9RV2E8qczyJ2su.dj6RRLaTpvgwN1rZfK0I9.'],
  [
    'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
    'abcdefgh12345678',
    '$6$abcdefgh12345678$ycrfpKkIQojz/0Nk.UE/kwUylkCi5WM4ZlfVRjIWTfmxjJXOgsqUACvJn.tp/MCXTtdEqMfgt7jLetvbOX0Xk.',
  ],
  [
    'pässwörd',
    './Zz',
    '$6$./Zz$kP86NmD9AZrKCL1YsR.8YrM2CibgeT1MgQwPrNdyJY4QzXLtPECdsKH96m7FVSf4LZ3FjmtJz2fd7I5arRx4w0',
  ],
])('the hash of %j with the salt %j is that of the system', (password, salt, hash) => {
  expect(shaCrypt(password, `$6$${salt}`)).toBe(hash);
});
