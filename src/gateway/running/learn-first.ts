import type { PluginType } from '../../sps/plugin/find-hook.ts';
import { collectPluginSecrets } from '../../sps/plugin/plugin-secrets.ts';
import type { Member } from '../../sps/session/open-member.ts';
import type { Destination } from '../destination/choose-destination.ts';
import type { SessionSecrets } from '../events/session-secrets.ts';
import type { GatewaySettings } from './gateway-settings.ts';

interface FirstSources {
  settings: Pick<GatewaySettings, 'members' | 'policy'>;
  destination: Pick<Destination, 'pairs'>;
  /** Of the method `password`. */
  password: string | undefined;
}

/** What is secret in a session before its first hook. */
export function learnFirst(secrets: SessionSecrets, { settings, destination, password }: FirstSources): void {
  const { members, policy } = settings;
  const hosts = Object.values(members).map(({ host }) => host);
  for (const { configuration, secretNames, serviceSecrets } of hosts) {
    const found = collectPluginSecrets({
      kwargs: { key_value_pairs: { ...destination.pairs } },
      names: secretNames,
      ...(configuration === undefined ? {} : { configuration }),
    });
    secrets.add([...found.values, ...serviceSecrets], found.names);
  }
  for (const { passwords = [], privateKeys = [] } of policy?.localCredentials ?? []) {
    secrets.add([...passwords, ...privateKeys.flatMap(({ key }) => key ?? [])]);
  }
  secrets.add(password === undefined ? [] : [password]);
}

/** The plugins of a session, whose steps hide all that is secret in it by then. */
export function withSecrets(
  members: GatewaySettings['members'],
  secrets: SessionSecrets,
): Partial<Record<PluginType, Member>> {
  return Object.fromEntries(
    Object.entries(members).map(([type, member]) => [
      type,
      { ...member, host: { ...member.host, serviceSecrets: secrets.values } },
    ]),
  );
}
