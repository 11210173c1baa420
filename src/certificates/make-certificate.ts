import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIP, SocketAddress } from 'node:net';
import { encodeDer, objectId, sequence, tags, time } from './encode-der.ts';

/** What a TLS server shows, in PEM. */
export interface Certified {
  key: string;
  cert: string;
}

export interface KeyPair {
  privateKey: KeyObject;
  publicKey: KeyObject;
}

interface Subject {
  name: string;
  key: KeyObject;
}

export interface CertificateContent {
  subject: Subject;
  issuer: KeyPair & { name: string };
  from: Date;
  to: Date;
  /** Names and addresses that it is good for; an authority has none. */
  names?: readonly string[];
}

const yes = encodeDer(tags.boolean, Buffer.from([255]));
/** ecdsa-with-SHA256 */
const algorithm = sequence(objectId('1.2.840.10045.4.3.2'));

/** On the curve P-256. */
export function newKeys(): KeyPair {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

/** In PEM, PKCS #8. */
export function exportKey({ privateKey }: KeyPair): string {
  return privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
}

/**
 * A certificate in PEM. Node makes the keys and signatures; the certificate is a handful of nested values around them, so no library is taken
 * in for it: the usual ones bring 350 kB and a patch of the global Reflect. Source: RFC 5280, section 4.1.
 */
export function makeCertificate({ subject, issuer, from, to, names }: CertificateContent): string {
  const content = sequence(
    encodeDer(0xa0, encodeDer(tags.integer, Buffer.from([2]))), // version 3
    encodeDer(tags.integer, Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    algorithm,
    commonName(issuer.name),
    sequence(time(from), time(to)),
    commonName(subject.name),
    encodePublicKey(subject.key),
    encodeDer(0xa3, sequence(...extensionsOf(subject.key, issuer.publicKey, names))),
  );
  const signature = sign('sha256', content, issuer.privateKey);
  const certificate = sequence(content, algorithm, encodeDer(tags.bitString, Buffer.from([0]), signature));
  const lines = certificate.toString('base64').replace(/.{1,64}/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}-----END CERTIFICATE-----\n`;
}

function commonName(name: string): Buffer {
  return sequence(encodeDer(tags.set, sequence(objectId('2.5.4.3'), encodeDer(tags.text, name))));
}

function encodePublicKey(key: KeyObject): Buffer {
  return key.export({ type: 'spki', format: 'der' });
}

function keyIdOf(key: KeyObject): Buffer {
  return createHash('sha1').update(encodePublicKey(key)).digest();
}

/** Clients that are strict about it refuse a certificate without the identifiers of its keys and without its use. */
function extensionsOf(key: KeyObject, issuer: KeyObject, names: readonly string[] | undefined): Buffer[] {
  const isAuthority = names === undefined;
  const use = isAuthority ? Buffer.from([1, 0x06]) : Buffer.from([7, 0x80]); // certificates and lists, or digital signatures
  return [
    extension('2.5.29.14', encodeDer(tags.octetString, keyIdOf(key))),
    extension('2.5.29.35', sequence(encodeDer(0x80, keyIdOf(issuer)))),
    extension('2.5.29.19', isAuthority ? sequence(yes) : sequence(), true),
    extension('2.5.29.15', encodeDer(tags.bitString, use), true),
    ...(isAuthority
      ? []
      : [
          extension('2.5.29.37', sequence(objectId('1.3.6.1.5.5.7.3.1'))),
          extension('2.5.29.17', sequence(...names.map(alternativeName))),
        ]),
  ];
}

function extension(id: string, value: Buffer, isCritical = false): Buffer {
  return sequence(objectId(id), ...(isCritical ? [yes] : []), encodeDer(tags.octetString, value));
}

function alternativeName(name: string): Buffer {
  return isIP(name) === 0 ? encodeDer(0x82, name) : encodeDer(0x87, addressBytes(name));
}

/** Of 4 or 16 bytes. */
function addressBytes(address: string): Buffer {
  if (isIP(address) === 4) return Buffer.from(address.split('.').map(Number));
  const { address: short } = new SocketAddress({ address, family: 'ipv6' });
  const [head = '', tail] = short.split('::');
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const before = groups(head);
  const after = groups(tail ?? '');
  const all =
    tail === undefined ? before : [...before, ...Array<string>(8 - before.length - after.length).fill('0'), ...after];
  return Buffer.from(all.map((group) => group.padStart(4, '0')).join(''), 'hex');
}
