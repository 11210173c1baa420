import { checkTarget, type TargetKind } from '../description/check-target.ts';
import { substitute, type Values } from '../description/substitute.ts';
import type { TargetDescription } from '../description/target-description.ts';
import { ownAuthority } from '../http/own-authority.ts';
import { TargetRecords } from '../matching/target-records.ts';
import { refusingService, type Service } from '../serving/serve.ts';
import { plainName } from './find-target.ts';
import { invalidTarget } from './read-target.ts';
import type { Target } from './target.ts';

export interface StartOptions {
  /** What `${Name}` stands for in the description. */
  values?: Values;
  /** That files of the description are relative to. Default: the working directory. */
  folder?: string;
  /** Where it notes what it is asked. Default: its own; targets that share them keep one order. */
  records?: TargetRecords;
}

/** Under which a target is reached that names none. */
export const defaultAddress = 'target.test';

/** Starts a simulated server on a free port of loopback. @throws PluginHostError TARGET_INVALID (all that is wrong with the description) */
export async function startTarget(description: TargetDescription, options: StartOptions = {}): Promise<Target> {
  const { values = {}, folder = '.', records = new TargetRecords() } = options;
  const wrong = checkTarget(description, { folder, values });
  if (wrong.length > 0) throw invalidTarget(wrong);
  const meant = substitute(description, values);
  const { address = defaultAddress, port } = meant;
  const { kind, service, hostKey } = await startService(meant, address, { folder, records });
  return {
    kind,
    address,
    port,
    loopbackPort: service.port,
    requests: records.requests,
    commands: records.commands,
    unmatched: records.unmatched,
    hostKey,
    get ca() {
      return ownAuthority().ca;
    },
    claims: (name, asked) =>
      plainName(name) === plainName(address) && (port === undefined || port === asked) ? service.port : undefined,
    settled: () => service.settled(),
    close: () => service.close(),
    [Symbol.asyncDispose]: () => service.close(),
  };
}

interface Started {
  kind: TargetKind;
  service: Service;
  hostKey?: string;
}

/** Each kind is loaded when it is described: the libraries of SSH take a tenth of a second. */
async function startService(
  { http, ssh, telnet }: TargetDescription,
  address: string,
  { folder, records }: { folder: string; records: TargetRecords },
): Promise<Started> {
  if (http !== undefined) {
    const { startHttpTarget } = await import('../http/start-http-target.ts');
    return { kind: 'http', service: await startHttpTarget(http, { address, folder, records }) };
  }
  const { ShellTarget } = await import('../terminal/shell-target.ts');
  if (ssh !== undefined) {
    const [{ readHostKey }, { startSshServer }] = await Promise.all([
      import('../ssh/read-host-key.ts'),
      import('../ssh/start-ssh-server.ts'),
    ]);
    const hostKey = readHostKey(ssh.hostKey, folder);
    const service =
      ssh.refuse === true ? refusingService : await startSshServer(new ShellTarget(ssh, records), ssh, hostKey);
    return { kind: 'ssh', service, hostKey: hostKey.publicKey };
  }
  if (telnet?.refuse === true) return { kind: 'telnet', service: refusingService };
  const { startTelnetServer } = await import('../telnet/start-telnet-server.ts');
  return { kind: 'telnet', service: await startTelnetServer(new ShellTarget(telnet ?? {}, records), telnet ?? {}) };
}
