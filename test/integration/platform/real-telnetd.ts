import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import path from 'node:path';
import { makeTemporaryFolder } from '../../../src/process/folders/make-temporary-folder.ts';

export interface RealTelnetd {
  port: number;
  stop: () => Promise<void>;
}

const program = '/usr/sbin/telnetd';

/** Why no server can be started here; undefined: it can. */
export const noRealTelnetd = existsSync(program) ? undefined : `no ${program} here`;

/**
 * Asks as `login` does, which only root may run. It ends with the connection: when it ends first, the server does too, and may not have sent its last
 * line.
 */
const login = (user: string, password: string): string => `
printf 'Debian GNU/Linux 12\\n\\n'
read -r -p 'login: ' user
stty -echo
read -r -p 'Password: ' password
stty echo
echo
[ "$user:$password" = '${user}:${password}' ] || { echo 'Login incorrect'; read -r; exit 1; }
echo 'Welcome'
PS1='router> ' exec bash --norc --noediting -i
`;

/** The Telnet server of GNU inetutils on a port of 127.0.0.1; a process for each connection. */
export async function startRealTelnetd(user: string, password: string): Promise<RealTelnetd> {
  const folder = makeTemporaryFolder();
  const file = path.join(folder, 'login.sh');
  writeFileSync(file, login(user, password));
  const children = new Set<ChildProcess>();
  const server = createServer({ pauseOnConnect: true }, (socket) => {
    const child = spawn(program, ['-h', '-E', `/bin/bash ${file}`], { stdio: [socket, socket, 'ignore'] });
    children.add(child);
    child.once('close', () => children.delete(child));
    socket.destroy();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      server.close();
      await Promise.all(
        Array.from(children, async (child) => {
          child.kill();
          await once(child, 'close');
        }),
      );
      rmSync(folder, { recursive: true });
    },
  };
}
