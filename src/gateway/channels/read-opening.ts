import { authorityOf } from '../../loopback/is-loopback.ts';
import { MessageReader } from './message-reader.ts';
import { OpenFailure } from './message-type.ts';

/** A channel that a client wants, as its message says. */
export interface Opening {
  clientId: number;
  /** What the client takes first, in bytes. */
  window: number;
  /** Where the two numbers stand in the message that the gateway may lower: the window, and the largest packet behind it. */
  limitsAt: number;
  wanted:
    | { kind: 'session' }
    | { kind: 'forward'; destination: string; host: string; port: number }
    /** Such as a Unix socket, with its path. */
    | { kind: 'never'; destination: string | undefined; reason: number };
}

/** @throws Error when the message is too short */
export function readOpening(message: Buffer): Opening {
  const reader = new MessageReader(message);
  const type = reader.text();
  const clientId = reader.number();
  const limitsAt = reader.at;
  const window = reader.number();
  reader.number();
  return { clientId, window, limitsAt, wanted: readWanted(type, reader) };
}

function readWanted(type: string, reader: MessageReader): Opening['wanted'] {
  switch (type) {
    case 'session':
      return { kind: 'session' };
    case 'direct-tcpip': {
      const host = reader.text();
      const port = reader.number();
      return { kind: 'forward', destination: authorityOf(host, port), host, port };
    }
    case 'direct-streamlocal@openssh.com':
      return { kind: 'never', destination: reader.text(), reason: OpenFailure.administrativelyProhibited };
    case 'tun@openssh.com':
      return { kind: 'never', destination: undefined, reason: OpenFailure.administrativelyProhibited };
    default:
      return { kind: 'never', destination: undefined, reason: OpenFailure.unknownChannelType };
  }
}
