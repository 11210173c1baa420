import type { Client, ClientChannel } from 'ssh2';
import { NetworkError } from './network-error.ts';
import type { Line, TerminalShape } from './network.ts';

/** A shell in a terminal. @throws NetworkError TARGET_CLOSED */
export function openShell(client: Client, { type, columns, rows }: TerminalShape): Promise<Line> {
  return new Promise((resolve, reject) => {
    const onClose = (): void => {
      reject(new NetworkError('TARGET_CLOSED', 'connection closed by remote host'));
    };
    client.once('close', onClose);
    const refuse = (cause: unknown): void => {
      client.off('close', onClose);
      const { message } = cause as Error;
      reject(new NetworkError('TARGET_CLOSED', `the host gives no terminal: ${message}`, { cause }));
    };
    try {
      client.shell({ term: type, cols: columns, rows, width: 0, height: 0 }, (error, channel) => {
        client.off('close', onClose);
        if (error === undefined) resolve(lineOf(client, channel));
        else refuse(error);
      });
    } catch (error) {
      // The library throws when the connection is gone already.
      refuse(error);
    }
  });
}

function lineOf(client: Client, channel: ClientChannel): Line {
  return {
    write: (data) => {
      channel.write(data);
    },
    onData: (take) => {
      channel.on('data', take);
      channel.stderr.on('data', take);
    },
    onClose: (end) => {
      let isEnded = false;
      const once = (): void => {
        if (!isEnded) end();
        isEnded = true;
      };
      channel.once('close', once);
      client.once('close', once);
    },
    close: () => {
      channel.close();
    },
  };
}
