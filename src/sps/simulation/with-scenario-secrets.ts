import type { JsonObject } from '../../base/json.ts';
import type { PluginType } from '../plugin/find-hook.ts';
import { collectPluginSecrets } from '../plugin/plugin-secrets.ts';
import type { Member } from '../session/open-member.ts';
import { buildConnection } from './build-connection.ts';
import type { Scenario } from './scenario.ts';

type Members = Partial<Record<PluginType, Member>>;
type SecretParts = Pick<Scenario, 'connection' | 'login' | 'answers' | 'serverPassword' | 'target'>;

/**
 * The plugins of a session, which know the secrets of its scenario from the first step on: whichever plugin is given one, and when,
 * another plugin may know it from elsewhere.
 */
export function withScenarioSecrets(members: Members, scenario: SecretParts): Members {
  const all = Object.values(members);
  const { connection, loginAnswers } = buildConnection(scenario);
  const { answers = {}, serverPassword = [], target } = scenario;
  const pairs = { ...(connection['key_value_pairs'] as JsonObject | undefined), ...loginAnswers, ...answers };
  const known = all.map(({ host }) =>
    collectPluginSecrets({
      kwargs: { ...connection, key_value_pairs: pairs },
      result: { passwords: [...[serverPassword].flat(), ...(target?.passwords ?? [])] },
      names: host.secretNames,
      ...(host.configuration === undefined ? {} : { configuration: host.configuration }),
    }),
  );
  const values = [...known.map((each) => each.values), ...all.map(({ host }) => host.serviceSecrets)].flat();
  const serviceSecrets = [...new Set(values)];
  return Object.fromEntries(
    Object.entries(members).map(([type, member]) => [type, { ...member, host: { ...member.host, serviceSecrets } }]),
  );
}
