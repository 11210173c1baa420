import ssh2 from 'ssh2';
import { sshSettings } from '../../../../src/gateway/algorithms/ssh-settings.ts';

/** Whatever error comes before it. */
export function closeOf(client: ssh2.Client): Promise<void> {
  return new Promise((resolve) =>
    client
      .on('error', () => undefined)
      .once('close', () => {
        resolve();
      }),
  );
}

/** Logs in, runs a command without input and leaves. Resolves to whether all of it went well, once the connection is closed. */
export async function logIn(port: number, username: string): Promise<boolean> {
  const client = new ssh2.Client();
  let isWell = false;
  const closed = closeOf(client);
  client
    .on('keyboard-interactive', (_name, _instructions, _language, _prompts, finish) => {
      finish([]);
    })
    .on('ready', () => {
      client.exec('true', (error, stream) => {
        if (error !== undefined) {
          client.end();
          return;
        }
        stream
          .on('exit', (code) => (isWell = code === 0))
          .on('close', () => client.end())
          .on('error', () => undefined)
          .resume();
        stream.end();
      });
    })
    .connect({ ...sshSettings.target, host: '127.0.0.1', port, username, tryKeyboard: true, readyTimeout: 0 });
  await closed;
  return isWell;
}
