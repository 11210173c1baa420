import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Gateway, type GatewayEvent, type GatewayOptions, startGateway } from '../../../src/index.ts';
import { makeFolder, python } from '../fixture.ts';
import { plainOptions, type TargetServer } from './open-ssh.ts';
import { writePlugins } from './scripted-plugins.ts';

type Happened<Event extends string> = Extract<GatewayEvent, { event: Event }>;

/** A gateway that lets everybody in, and has the key of a server. */
export interface GatewayOn {
  gateway: Gateway;
  /** All of a kind since `forget`. */
  happened: <Event extends GatewayEvent['event']>(event: Event) => Happened<Event>[];
  forget: () => void;
  /** Of ssh, sftp and scp, to go to the server as `127.0.0.1`. */
  options: string[];
  stateDir: string;
}

export async function startGatewayOn(target: TargetServer, options: Partial<GatewayOptions> = {}): Promise<GatewayOn> {
  const folder = makeFolder();
  const key = readFileSync(target.keyFile, 'utf8');
  const script = { get_private_key_list: { return: { private_keys: [['ssh-ed25519', key]] } } };
  const stateDir = path.join(folder, 'state');
  const events: GatewayEvent[] = [];
  const gateway = await startGateway({
    plugins: writePlugins(folder, script, ['aa', 'credentialstore']).plugins,
    stateDir,
    python,
    listen: '127.0.0.1:0',
    onEvent: (event) => events.push(event),
    ...options,
  });
  const login = [`Port=${gateway.port}`, `User=${target.user}@127.0.0.1:${target.port}`];
  return {
    gateway,
    happened: <Event extends GatewayEvent['event']>(event: Event) =>
      events.filter((each): each is Happened<Event> => each.event === event),
    forget: () => {
      events.length = 0;
    },
    // In a batch a client lets nobody ask, not even nothing.
    options: ['BatchMode=no', ...login].flatMap((option) => ['-o', option]).concat(plainOptions),
    stateDir,
  };
}
