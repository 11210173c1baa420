import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import ssh2, { type Connection } from 'ssh2';
import { sshSettings } from '../../../src/gateway/algorithms/ssh-settings.ts';
import { type Bridge, type BridgeOptions, bridgeChannels } from '../../../src/gateway/channels/bridge-channels.ts';
import type { ChannelFacts } from '../../../src/gateway/channels/channel-facts.ts';
import { MessageType } from '../../../src/gateway/channels/message-type.ts';
import { PacketPort } from '../../../src/gateway/channels/packet-port.ts';
import { writeMessage } from '../../../src/gateway/channels/write-message.ts';

/** One end of a bridge, whose messages a test writes and reads byte by byte. */
interface RawPeer {
  send: (message: Buffer) => void;
  /** All that came and was not yet taken. */
  messages: Buffer[];
  /** The next message of a type; those before it are dropped. */
  next: (type: number) => Promise<Buffer>;
  socket: Socket;
  closed: Promise<unknown>;
}

export interface RawBridge {
  client: RawPeer;
  target: RawPeer;
  bridge: Bridge;
  facts: ChannelFacts[];
  ended: Promise<'client' | 'target'>;
  /** How many bytes wait in the gateway for either side. */
  waiting: () => { toClient: number; toTarget: number };
  close: () => Promise<void>;
}

/** Once in some two hundred the library cannot read a key that it has made: mscdex/ssh2 issue 1390. */
export function key(): string {
  for (;;) {
    const { private: made } = ssh2.utils.generateKeyPairSync('ed25519');
    if (![ssh2.utils.parseKey(made)].flat().some((each) => each instanceof Error)) return made;
  }
}

/**
 * A client and a server of which only the transport is real, and a bridge between them.
 * @param keepalive of the bridge; default: the gateway's own
 */
export async function startRawBridge(
  options: Partial<BridgeOptions> = {},
  keepalive: { keepaliveInterval?: number } = {},
): Promise<RawBridge> {
  const facts: ChannelFacts[] = [];
  const atTarget = Promise.withResolvers<RawPeer>();
  const target = await listen((connection) => {
    connection.on('ready', () => {
      atTarget.resolve(peerOf(connection));
    });
    return () => Promise.resolve();
  }, {});
  const bridged = Promise.withResolvers<{ bridge: Bridge; waiting: RawBridge['waiting'] }>();
  const ended = Promise.withResolvers<'client' | 'target'>();
  const gateway = await listen((connection) => {
    const outgoing = new ssh2.Client();
    outgoing.on('error', () => undefined);
    connection.on('ready', () => {
      const bridge = bridgeChannels({
        client: connection,
        target: outgoing,
        masker: { text: (text) => text.replaceAll('hunter22', '***') },
        onChannel: (each) => facts.push(each),
        onEnd: ended.resolve,
        ...options,
      });
      const waiting = { toClient: socketOf(connection), toTarget: socketOf(outgoing) };
      bridged.resolve({
        bridge,
        waiting: () => ({
          toClient: waiting.toClient.writableLength,
          toTarget: waiting.toTarget.writableLength,
        }),
      });
    });
    const ready = once(outgoing, 'ready');
    outgoing.connect({
      ...sshSettings.target,
      ...keepalive,
      sock: connect(target.port, '127.0.0.1'),
      username: 'root',
    });
    return () => ready;
  }, keepalive);
  const client = new ssh2.Client();
  client.on('error', () => undefined);
  client.connect({ ...sshSettings.target, sock: connect(gateway.port, '127.0.0.1'), username: 'root' });
  await once(client, 'ready');
  const raw = { client: peerOf(client), target: await atTarget.promise, ...(await bridged.promise) };
  return {
    ...raw,
    facts,
    ended: ended.promise,
    close: async () => {
      raw.bridge.close();
      for (const { socket } of [raw.client, raw.target]) socket.destroy();
      await Promise.all([gateway.close(), target.close()]);
    },
  };
}

/** Lets everybody in, when what it is given at once is ready. */
async function listen(
  take: (connection: Connection) => () => Promise<unknown>,
  keepalive: { keepaliveInterval?: number },
): Promise<{ port: number; close: () => Promise<void> }> {
  const server = new ssh2.Server({ ...sshSettings.server, ...keepalive, hostKeys: [key()] }, (connection) => {
    connection.on('error', () => undefined);
    const ready = take(connection);
    connection.on('authentication', (context) => {
      void ready().then(() => {
        context.accept();
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) =>
        server.close(() => {
          resolve();
        }),
      ),
  };
}

function socketOf(connection: Connection | ssh2.Client): Socket {
  return (connection as unknown as { _sock: Socket })._sock;
}

function peerOf(connection: Connection | ssh2.Client): RawPeer {
  const port = new PacketPort(connection);
  const socket = socketOf(connection);
  const messages: Buffer[] = [];
  let awake: () => void = () => undefined;
  port.onMessage = (message) => {
    if (message.includes('keepalive@openssh.com')) {
      port.send(writeMessage(MessageType.requestFailure));
      return;
    }
    messages.push(Buffer.from(message));
    awake();
  };
  return {
    send: (message) => {
      port.send(message);
    },
    messages,
    next: async (type) => {
      for (;;) {
        const message = messages.shift();
        if (message?.[0] === type) return message;
        if (message === undefined) await new Promise<void>((resolve) => (awake = resolve));
      }
    },
    socket,
    closed: once(socket, 'close'),
  };
}
