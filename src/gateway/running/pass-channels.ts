import type { Client, Connection } from 'ssh2';
import { recordTerminals } from '../casting/record-terminals.ts';
import { bridgeChannels } from '../channels/bridge-channels.ts';
import type { ChannelFacts } from '../channels/channel-facts.ts';
import { untilAborted } from '../client/client-login.ts';
import type { SessionSecrets } from '../events/session-secrets.ts';
import type { GatewaySettings } from './gateway-settings.ts';

export interface PassOptions {
  client: Connection;
  target: Client;
  settings: Pick<GatewaySettings, 'forwarding' | 'idleTimeoutMs' | 'recordDir'>;
  name: string;
  secrets: SessionSecrets;
  over: AbortSignal;
  onChannel: (facts: ChannelFacts) => void;
  /** A recording cannot be written further. */
  onRecordingFault: (message: string) => void;
}

/** Joins a user and a server until one of them leaves or nothing has come for too long. Resolves to the reason. @throws the reason of the signal */
export async function passChannels(options: PassOptions): Promise<string> {
  const { client, target, settings, secrets, over, onChannel } = options;
  const { forwarding, idleTimeoutMs, recordDir: folder } = settings;
  const { promise, resolve } = Promise.withResolvers<string>();
  const idle =
    idleTimeoutMs === undefined
      ? undefined
      : setTimeout(() => {
          resolve('idle timeout');
        }, idleTimeoutMs);
  const bridge = bridgeChannels({
    client,
    target,
    masker: secrets,
    ...(forwarding === undefined ? {} : { mayForward: forwarding }),
    ...(folder === undefined
      ? {}
      : { record: recordTerminals({ folder, sessionName: options.name, secrets, warn: options.onRecordingFault }) }),
    onChannel,
    onData: () => {
      idle?.refresh();
    },
    onEnd: (left) => {
      resolve(left === 'client' ? 'client left' : 'the target closed the connection');
    },
  });
  try {
    return await untilAborted(promise, over);
  } finally {
    clearTimeout(idle);
    bridge.close();
  }
}
