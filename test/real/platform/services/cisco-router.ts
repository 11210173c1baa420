import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** IAC WILL ECHO, WILL SUPPRESS-GO-AHEAD, DO TERMINAL-TYPE, DO NAWS */
const greeting = Buffer.from([255, 251, 1, 255, 251, 3, 255, 253, 24, 255, 253, 31]);

/** A router as Cisco's IOS shows itself over Telnet. */
export class CiscoRouter {
  readonly passwords = new Map([
    ['admin', 'admin-Pass1'],
    ['jane', 'jane-Pass1'],
  ]);
  /** Whether `write mem` came after the last change. */
  isSaved = true;
  readonly #enablePassword: string;
  readonly #server = createServer((socket) => {
    void this.#serve(socket);
  });
  readonly #sockets = new Set<Socket>();

  constructor(enablePassword: string) {
    this.#enablePassword = enablePassword;
  }

  async listen(): Promise<number> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #serve(socket: Socket): Promise<void> {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket)).on('error', () => undefined);
    socket.write(greeting);
    const lines = readLines(socket);
    const ask = async (prompt: string, isHidden = false): Promise<string> => {
      socket.write(prompt);
      const { value, done } = await lines.next();
      if (done === true) throw new Error('closed');
      socket.write(isHidden ? '\r\n' : `${value}\r\n`);
      return value;
    };
    try {
      if (await this.#logIn(socket, ask)) await this.#talk(socket, ask);
      socket.end();
    } catch {
      socket.destroy();
    }
  }

  async #logIn(socket: Socket, ask: Ask): Promise<boolean> {
    socket.write('\r\n\r\nUser Access Verification\r\n\r\n');
    for (let count = 0; count < 3; count++) {
      const user = await ask('Username: ');
      const password = await ask('Password: ', true);
      if (this.passwords.get(user) === password) return true;
      socket.write('% Login invalid\r\n\r\n');
    }
    return false;
  }

  async #talk(socket: Socket, ask: Ask): Promise<void> {
    let prompt = 'router>';
    for (;;) {
      const line = await ask(prompt);
      const isConfiguring = prompt.includes('config');
      if (line === 'exit' && !isConfiguring) return;
      if (line === 'exit') prompt = 'router#';
      else if (line === 'enable') {
        if ((await ask('Password: ', true)) === this.#enablePassword) prompt = 'router#';
        else socket.write('% Access denied\r\n\r\n');
      } else if (!prompt.includes('#')) socket.write("% Invalid input detected at '^' marker.\r\n");
      else if (line === 'configure terminal') {
        socket.write('Enter configuration commands, one per line.  End with CNTL/Z.\r\n');
        prompt = 'router(config)#';
      } else socket.write(isConfiguring ? this.#configure(line) : this.#show(line));
    }
  }

  #configure(line: string): string {
    const [, user, password] = /^username (\S+) secret (\S+)$/.exec(line) ?? [];
    if (user === undefined || password === undefined) return "% Invalid input detected at '^' marker.\r\n";
    if (password.length < 8) return '% Password too short - must be at least 8 characters. Minimum length is 8.\r\n';
    this.passwords.set(user, password);
    this.isSaved = false;
    return '';
  }

  #show(line: string): string {
    if (line === 'write mem') {
      this.isSaved = true;
      return 'Building configuration...\r\n[OK]\r\n';
    }
    const filter = /^show config \| include (.*)$/.exec(line)?.[1];
    if (filter === undefined) return "% Invalid input detected at '^' marker.\r\n";
    const config = ['version 15.2', 'enable secret 5 $1$abcd$0123456789', ...this.#users(), 'line vty 0 4'];
    return config.flatMap((each) => (new RegExp(filter).test(each) ? [`${each}\r\n`] : [])).join('');
  }

  #users(): string[] {
    return [...this.passwords.keys()].map((user) => `username ${user} privilege 15 secret 5 $1$abcd$9876543210`);
  }
}

type Ask = (prompt: string, isHidden?: boolean) => Promise<string>;

/** What comes without Telnet's commands, line by line. */
async function* readLines(socket: Socket): AsyncGenerator<string, undefined> {
  let text = '';
  for await (const data of socket as AsyncIterable<Buffer>) {
    text += data.toString('latin1').replace(/\xff\xfa.*?\xff\xf0|\xff[\xfb-\xfe]./gs, '');
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n')) {
      yield text.slice(0, at).replace(/\r$/, '');
      text = text.slice(at + 1);
    }
  }
  return undefined;
}
