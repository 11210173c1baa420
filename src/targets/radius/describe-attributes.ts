import { gatherValues } from '../matching/gather-values.ts';
import { type RadiusPacket, readPassword, types } from './radius-packet.ts';

type Kind = 'text' | 'address' | 'number';

/** Attributes of requests. Source: RFC 2865 and 2869. */
const attributes: Record<number, [string, Kind]> = {
  1: ['User-Name', 'text'],
  2: ['User-Password', 'text'],
  3: ['CHAP-Password', 'text'],
  4: ['NAS-IP-Address', 'address'],
  5: ['NAS-Port', 'number'],
  6: ['Service-Type', 'number'],
  7: ['Framed-Protocol', 'number'],
  8: ['Framed-IP-Address', 'address'],
  11: ['Filter-Id', 'text'],
  12: ['Framed-MTU', 'number'],
  18: ['Reply-Message', 'text'],
  24: ['State', 'text'],
  25: ['Class', 'text'],
  26: ['Vendor-Specific', 'text'],
  27: ['Session-Timeout', 'number'],
  30: ['Called-Station-Id', 'text'],
  31: ['Calling-Station-Id', 'text'],
  32: ['NAS-Identifier', 'text'],
  33: ['Proxy-State', 'text'],
  44: ['Acct-Session-Id', 'text'],
  60: ['CHAP-Challenge', 'text'],
  61: ['NAS-Port-Type', 'number'],
  77: ['Connect-Info', 'text'],
  79: ['EAP-Message', 'text'],
  80: ['Message-Authenticator', 'text'],
  87: ['NAS-Port-Id', 'text'],
};

const names: Record<number, string> = {
  1: 'Access-Request',
  4: 'Accounting-Request',
  12: 'Status-Server',
  40: 'Disconnect-Request',
  43: 'CoA-Request',
};

export function nameOfCode(code: number): string {
  return names[code] ?? `Code-${code}`;
}

/** The attributes of a packet by name, the password readable; one that came several times has a list. */
export function describeAttributes(packet: RadiusPacket, secret: string): Record<string, string | string[]> {
  return gatherValues(
    packet.attributes.map(({ type, value }) => {
      const [name, kind] = attributes[type] ?? [`Attribute-${type}`, 'text'];
      const shown = type === types.userPassword ? readPassword(value, packet.authenticator, secret) : value;
      return [name, describe(shown, kind)];
    }),
  );
}

function describe(value: Buffer, kind: Kind): string {
  if (kind === 'number' && value.length === 4) return String(value.readUInt32BE(0));
  if (kind === 'address' && value.length === 4) return [...value].join('.');
  return readText(value) ?? value.toString('hex');
}

const decoder = new TextDecoder('utf-8', { fatal: true });

/** Undefined when it is no text. */
export function readText(value: Buffer): string | undefined {
  try {
    const text = decoder.decode(value);
    return /\p{Cc}/u.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}
