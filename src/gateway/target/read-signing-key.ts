import { createPrivateKey } from 'node:crypto';
import ssh2, { type ParsedKey } from 'ssh2';

/** The private key of a credential, as the library takes it; undefined: it cannot be read, or needs a passphrase. RSA keys sign with SHA-2. */
export function readSigningKey(text: string): ParsedKey | undefined {
  const key = parse(text) ?? parse(convert(text));
  if (key === undefined || !key.isPrivateKey()) return undefined;
  return key.type === 'ssh-rsa' ? withSha2(key) : key;
}

function parse(text: string | undefined): ParsedKey | undefined {
  if (text === undefined) return undefined;
  // The library gives a list for the format of OpenSSH, whatever its types say.
  const [key] = [ssh2.utils.parseKey(text)].flat();
  return key === undefined || key instanceof Error ? undefined : key;
}

/** PKCS #8 in the form of its algorithm, which the library knows. */
function convert(text: string): string | undefined {
  try {
    const key = createPrivateKey(text);
    switch (key.asymmetricKeyType) {
      case 'rsa':
        return key.export({ type: 'pkcs1', format: 'pem' }).toString();
      case 'ec':
        return key.export({ type: 'sec1', format: 'pem' }).toString();
      case 'ed25519': {
        const { d = '', x = '' } = key.export({ format: 'jwk' });
        return renderEd25519(Buffer.from(d, 'base64url'), Buffer.from(x, 'base64url'));
      }
      default:
        return undefined;
    }
  } catch {
    return undefined;
  }
}

/** The format of OpenSSH, without a passphrase. Source: OpenSSH, PROTOCOL.key. */
function renderEd25519(secret: Buffer, open: Buffer): string {
  const text = (value: Buffer | string): Buffer => {
    const bytes = Buffer.from(value);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
  };
  const number = (value: number): Buffer => Buffer.from([0, 0, 0, value]);
  const type = text('ssh-ed25519');
  const inner = [number(0), number(0), type, text(open), text(Buffer.concat([secret, open])), text('')];
  const length = Buffer.concat(inner).length;
  const padding = Buffer.from(Array.from({ length: (8 - (length % 8)) % 8 }, (_, at) => at + 1));
  const bytes = Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    text('none'),
    text('none'),
    text(''),
    number(1),
    text(Buffer.concat([type, text(open)])),
    text(Buffer.concat([...inner, padding])),
  ]);
  const lines = bytes.toString('base64').match(/.{1,70}/g) ?? [];
  return ['-----BEGIN OPENSSH PRIVATE KEY-----', ...lines, '-----END OPENSSH PRIVATE KEY-----', ''].join('\n');
}

/** The library would sign with SHA-1 where the server does not say what it takes. It takes the name of the algorithm from the type of the key. */
function withSha2(key: ParsedKey): ParsedKey {
  const sign = (data: Buffer): unknown => key.sign(data, 'sha512');
  return Object.create(key, { type: { value: 'rsa-sha2-512' }, sign: { value: sign } }) as ParsedKey;
}
