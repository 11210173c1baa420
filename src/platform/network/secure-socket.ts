import type { Socket } from 'node:net';
import { isIP } from 'node:net';
import { connect, createSecureContext, type SecureContext, type TLSSocket } from 'node:tls';
import { plainHost } from './allow-list.ts';
import { NetworkError } from './network-error.ts';
import { type Trust, trustedAuthorities } from './trusted-authorities.ts';

interface Security {
  host: string;
  port: number;
  /** Whether any certificate will do. */
  trustsAll: boolean;
  trust: Trust;
}

const untrusted = /^(?:CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|HOSTNAME_|ERR_TLS_CERT|INVALID_|PATH_LENGTH|CA_|CRL_)/;

/** TLS over a connection. @throws NetworkError TLS_UNTRUSTED, TARGET_UNREACHABLE */
export function secureSocket(socket: Socket, { host, port, trustsAll, trust }: Security): Promise<TLSSocket> {
  const name = plainHost(host);
  const authorities = trustedAuthorities(trust);
  return new Promise((resolve, reject) => {
    const secure = connect({
      socket,
      ...(isIP(name) === 0 ? { servername: name } : { host: name }),
      rejectUnauthorized: !trustsAll,
      ALPNProtocols: ['http/1.1'],
      ...(authorities !== undefined && { secureContext: trusting(authorities) }),
    });
    const onError = (cause: NodeJS.ErrnoException): void => {
      secure.on('error', () => undefined);
      secure.destroy();
      reject(toNetworkError(cause, `${name}:${port}`));
    };
    const onClose = (): void => {
      onError(new Error('the connection was closed'));
    };
    secure.once('error', onError).once('close', onClose);
    secure.once('secureConnect', () => {
      secure.off('error', onError).off('close', onClose);
      resolve(secure);
    });
  });
}

let last: { pem: string; context: SecureContext } | undefined;

/** To read authorities takes longer than a handshake, and mostly they are those of the connection before. */
function trusting(authorities: readonly string[]): SecureContext {
  const pem = authorities.join('\n');
  if (last?.pem !== pem) last = { pem, context: createSecureContext({ ca: [...authorities] }) };
  return last.context;
}

/** The words of the appliance, so that its logs and ours can be compared. */
function toNetworkError(cause: NodeJS.ErrnoException, shown: string): NetworkError {
  if (untrusted.test(cause.code ?? ''))
    return new NetworkError(
      'TLS_UNTRUSTED',
      `The SSL connection could not be established: The remote certificate is invalid: ${cause.message} (${shown})`,
      { cause },
    );
  return new NetworkError(
    'TARGET_UNREACHABLE',
    `The SSL connection to ${shown} could not be established: ${cause.message}`,
    {
      hint: 'Does it speak TLS on this port? UseSsl decides in most scripts.',
      cause,
    },
  );
}
