import type { Socket } from 'node:net';
import { isIP } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import { plainHost } from './allow-list.ts';
import { NetworkError } from './network-error.ts';

interface Security {
  host: string;
  port: number;
  /** Whether any certificate will do. */
  trustsAll: boolean;
  /** PEM; undefined: those of the system. */
  authorities: readonly string[] | undefined;
}

const untrusted = /^(?:CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|HOSTNAME_|ERR_TLS_CERT|INVALID_|PATH_LENGTH|CA_|CRL_)/;

/** TLS over a connection. @throws NetworkError TLS_UNTRUSTED, TARGET_UNREACHABLE */
export function secureSocket(socket: Socket, { host, port, trustsAll, authorities }: Security): Promise<TLSSocket> {
  const name = plainHost(host);
  return new Promise((resolve, reject) => {
    const secure = connect({
      socket,
      ...(isIP(name) === 0 ? { servername: name } : { host: name }),
      rejectUnauthorized: !trustsAll,
      ALPNProtocols: ['http/1.1'],
      ...(authorities !== undefined && { ca: [...authorities] }),
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
