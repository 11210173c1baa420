import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import ssh2, { type Connection, type ServerChannel } from 'ssh2';

/** VMware's appliance over SSH: its own shell, bash behind it, and `dir-cli` for the users of the domain. */
export class VCenter {
  readonly hostKey: string;
  /** Of root and of the administrator of the domain, which are the same. */
  password: string;
  readonly users = new Map([
    ['Administrator', ''],
    ['jane', 'jane-Pass1'],
  ]);
  readonly #connections = new Set<Connection>();
  readonly #server: ssh2.Server;

  constructor(password: string) {
    this.password = password;
    this.users.set('Administrator', password);
    const pair = ssh2.utils.generateKeyPairSync('ed25519');
    this.hostKey = pair.public.split(' ').slice(0, 2).join(' ').trim();
    this.#server = new ssh2.Server({ hostKeys: [pair.private], ident: 'OpenSSH_9.2p1' }, (connection) => {
      this.#accept(connection);
    });
  }

  async listen(): Promise<number> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    for (const connection of this.#connections) connection.end();
    await new Promise<void>((resolve) => {
      this.#server.close(() => {
        resolve();
      });
    });
  }

  #accept(connection: Connection): void {
    this.#connections.add(connection);
    connection.on('close', () => this.#connections.delete(connection)).on('error', () => undefined);
    connection.on('authentication', (context) => {
      const isRight =
        context.method === 'password' && context.username === 'root' && context.password === this.password;
      if (isRight) context.accept();
      else context.reject(['password']);
    });
    connection.on('session', (accept) => {
      accept()
        .on('pty', (agree) => {
          agree();
        })
        .on('shell', (agree) => {
          void this.#serve(agree());
        });
    });
  }

  async #serve(channel: ServerChannel): Promise<void> {
    const lines = readLines(channel);
    const ask = async (prompt: string, isHidden = false): Promise<string> => {
      channel.write(prompt);
      const { value, done } = await lines.next();
      if (done === true) throw new Error('closed');
      channel.write(isHidden ? '\r\n' : `${value}\r\n`);
      return value;
    };
    try {
      for (let isBash = false; ;) {
        const line = await ask(isBash ? 'root@vc [ ~ ]# ' : 'Command> ');
        if (line === 'shell' || line === 'exit') {
          isBash = line === 'shell';
          if (isBash) channel.write('Shell access is granted to root\r\n');
        } else if (isBash) channel.write(await this.#runDirCli(line, ask));
        else channel.write(await this.#runLocalAccounts(line, ask));
      }
    } catch {
      channel.end();
    }
  }

  async #runLocalAccounts(line: string, ask: Ask): Promise<string> {
    if (line.startsWith('localaccounts.user.get --username root'))
      return 'Config:\r\n   Username: root\r\n   Role: superAdmin\r\n   Enabled: True\r\n';
    if (!line.startsWith('localaccounts.user.password.update')) return `Unknown command: ${line}\r\n`;
    const [first, second] = [await ask('Enter password: ', true), await ask('Reenter password: ', true)];
    if (first !== second) return 'Input strings do not match\r\n';
    this.password = first;
    return '';
  }

  async #runDirCli(line: string, ask: Ask): Promise<string> {
    const words = line.split(' ').slice(1);
    if (!line.startsWith('/usr/lib/vmware-vmafd/bin/dir-cli ')) return `-bash: ${line}: command not found\r\n`;
    const given = await ask('Enter password for administrator@vsphere.local: ', true);
    if (given !== this.users.get('Administrator')) return 'dir-cli failed, error = Invalid credentials 1326\r\n';
    if (words[0] === 'group') return `${[...this.users.keys()].join('|')}|`;
    const user = words[words.indexOf('--account') + 1] ?? '';
    if (!this.users.has(user)) return 'dir-cli failed. Error 1317: ERROR_NO_SUCH_USER\r\n';
    if (words[0] === 'user') return `Account: ${user}\r\nUPN: ${user}@VSPHERE.LOCAL\r\n`;
    const password = await ask(`Enter new password for ${user}: `, true);
    if (password.length < 8) return 'dir-cli failed. Error 19: ERROR_WRITE_PROTECT\r\n';
    this.users.set(user, password);
    return `Password was reset successfully for [${user}].\r\n`;
  }
}

type Ask = (prompt: string, isHidden?: boolean) => Promise<string>;

async function* readLines(channel: ServerChannel): AsyncGenerator<string, undefined> {
  let text = '';
  for await (const data of channel as AsyncIterable<Buffer>) {
    text += data.toString();
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n')) {
      yield text.slice(0, at).replace(/\r$/, '');
      text = text.slice(at + 1);
    }
  }
  return undefined;
}
