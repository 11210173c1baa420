import { X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createAuthority } from '../../../../src/targets/http/create-authority.ts';

const now = new Date('2026-11-28T12:00:00Z');
const authority = createAuthority(now);
const ca = new X509Certificate(authority.ca);
const certificateOf = (...asked: Parameters<typeof authority.certify>): X509Certificate =>
  new X509Certificate(authority.certify(...asked).cert);

test('an authority may certify', () => {
  expect(ca.ca).toBe(true);
  expect(ca.verify(ca.publicKey)).toBe(true);
});

describe('a certificate', () => {
  test.each([
    ['host.test', 'DNS:host.test'],
    ['10.1.2.3', 'IP Address:10.1.2.3'],
    ['2001:db8::1', 'IP Address:2001:DB8:0:0:0:0:0:1'],
  ])('is good for %s', (address, names) => {
    const certificate = certificateOf(address, 'trusted');
    expect(certificate.subjectAltName).toBe(`${names}, DNS:localhost, IP Address:127.0.0.1`);
    expect(certificate.checkIssued(ca) && certificate.verify(ca.publicKey)).toBe(true);
    expect(certificate.validToDate > now && certificate.validFromDate < now).toBe(true);
    expect(certificate.ca).toBe(false);
  });

  test('that is not to be trusted is of another authority', () => {
    expect(certificateOf('host.test', 'untrusted').verify(ca.publicKey)).toBe(false);
  });

  test('that has expired was good before', () => {
    const certificate = certificateOf('host.test', 'expired');
    expect(certificate.verify(ca.publicKey)).toBe(true);
    expect(certificate.validToDate < now && certificate.validFromDate < certificate.validToDate).toBe(true);
  });

  test('of another name is good for that one only', () => {
    expect(certificateOf('host.test', 'wrong-name').checkHost('host.test')).toBeUndefined();
  });

  test('that lasts beyond 2049 says so', () => {
    const late = createAuthority(new Date('2049-06-01T00:00:00Z'));
    expect(new X509Certificate(late.ca).validToDate.toISOString()).toBe('2050-06-01T00:00:00.000Z');
  });
});
