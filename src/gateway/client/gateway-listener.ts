import { createServer, type Server, type Socket } from 'node:net';
import ssh2, { type ClientInfo, type Connection } from 'ssh2';
import { authorityOf } from '../../loopback/is-loopback.ts';
import { sshSettings } from '../algorithms/ssh-settings.ts';
import { LoginClock } from './login-clock.ts';

/** A client that has said its version. */
export interface ArrivedClient {
  connection: Connection;
  ip: string;
  port: number;
  /** Such as `SSH-2.0-OpenSSH_9.2`. */
  version: string;
  clock: LoginClock;
  /** It has asked for a method: another one of its address may begin. */
  asked: () => void;
}

export interface ListenerOptions {
  hostKey: string;
  maxSessions: number;
  loginTimeoutMs: number;
  onClient: (client: ArrivedClient) => void;
  onTooMany: (client: string) => void;
}

const identification = 'plugin-host';
/** Of one address, before they have asked for a method. Source: gateway contract, "Limits and attackers". */
const mostUnasked = 10;
/** How long a surplus client may take to say its version, and how many of them are waited for. */
const surplusMs = 5000;
const mostSurplus = 100;
/** How long a connection that was ended may take to close. */
const closingMs = 3000;

/** Serves clients up to a limit, those of one address in their turn. */
export class GatewayListener {
  readonly server: Server;
  readonly #options: ListenerOptions;
  readonly #sockets = new Set<Socket>();
  readonly #surplus = new Set<Socket>();
  readonly #unasked = new Map<string, number>();
  readonly #waiting: { socket: Socket; begin: () => void }[] = [];
  #isClosed = false;

  constructor(options: ListenerOptions) {
    this.#options = options;
    this.server = createServer((socket) => {
      this.#take(socket);
    });
  }

  #take(socket: Socket): void {
    socket.on('error', () => undefined); // a client may go as it likes
    socket.setNoDelay(true);
    const { remoteAddress: ip, remotePort: port } = socket;
    if (ip === undefined || port === undefined || this.#isClosed) socket.destroy();
    else if (this.#sockets.size >= this.#options.maxSessions) this.#turnAway(socket, ip, port);
    else {
      this.#sockets.add(socket);
      const clock = new LoginClock(this.#options.loginTimeoutMs, () => {
        socket.destroy();
      });
      socket.once('close', () => {
        clock.stop();
        this.#sockets.delete(socket);
      });
      this.#queue(socket, ip, () => {
        this.#serve(socket, { ip, port }, clock);
      });
    }
  }

  /** After the exchange of versions, so that the client can say why. */
  #turnAway(socket: Socket, ip: string, port: number): void {
    if (this.#surplus.size >= mostSurplus) {
      socket.destroy();
      return;
    }
    this.#surplus.add(socket);
    const timer = setTimeout(() => {
      socket.destroy();
    }, surplusMs);
    socket.once('close', () => {
      clearTimeout(timer);
      this.#surplus.delete(socket);
    });
    socket.write(`SSH-2.0-${identification}\r\n`);
    socket.once('data', () => {
      this.#options.onTooMany(shownClient(ip, port));
      socket.end();
      setTimeout(() => socket.destroy(), closingMs).unref();
    });
  }

  #queue(socket: Socket, ip: string, begin: () => void): void {
    if ((this.#unasked.get(ip) ?? 0) >= mostUnasked) this.#waiting.push({ socket, begin });
    else begin();
    socket.once('close', () => {
      const at = this.#waiting.findIndex((each) => each.socket === socket);
      if (at >= 0) this.#waiting.splice(at, 1);
    });
  }

  #serve(socket: Socket, { ip, port }: { ip: string; port: number }, clock: LoginClock): void {
    this.#unasked.set(ip, (this.#unasked.get(ip) ?? 0) + 1);
    let isAsked = false;
    const asked = (): void => {
      if (isAsked) return;
      isAsked = true;
      const left = (this.#unasked.get(ip) ?? 1) - 1;
      if (left > 0) this.#unasked.set(ip, left);
      else this.#unasked.delete(ip);
      const at = this.#waiting.findIndex((each) => each.socket.remoteAddress === ip && !each.socket.destroyed);
      this.#waiting.splice(at, at < 0 ? 0 : 1)[0]?.begin();
    };
    socket.once('close', asked).once('finish', () => {
      setTimeout(() => socket.destroy(), closingMs).unref();
    });
    const { hostKey, onClient } = this.#options;
    // One for each: nothing else tells which socket a connection has.
    const server = new ssh2.Server({ ...sshSettings.server, hostKeys: [hostKey], ident: identification });
    server.on('connection', (connection: Connection, info: ClientInfo) => {
      connection.on('error', () => undefined);
      onClient({ connection, ip: plainAddress(ip), port, version: versionOf(info), clock, asked });
    });
    server.injectSocket(socket);
  }

  /** No further clients; those that are there stay. */
  stop(): void {
    this.#isClosed = true;
    this.server.close();
    for (const { socket } of this.#waiting) socket.destroy();
    for (const socket of this.#surplus) socket.destroy();
  }

  /** Closes what is open. */
  destroy(): void {
    this.stop();
    for (const socket of this.#sockets) socket.destroy();
  }
}

function versionOf({ header }: ClientInfo): string {
  const { protocol, software } = header.versions;
  return `SSH-${protocol}-${software}`;
}

/** Of version 4, when the socket is of version 6. */
function plainAddress(ip: string): string {
  return ip.replace(/^::ffff:(?=\d+\.)/, '');
}

export function shownClient(ip: string, port: number): string {
  return authorityOf(plainAddress(ip), port);
}
