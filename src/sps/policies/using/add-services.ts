import { type Problem, warning } from '../../../base/problem.ts';
import type { LoadedServices } from '../../surroundings/load-services.ts';
import { loadSettings } from '../../surroundings/load-settings.ts';
import type { ConnectionPolicy } from './read-policy.ts';

/** What a plugin's process is given, as far as policies change it. */
interface Provided {
  services: LoadedServices;
  serviceSecrets: readonly string[];
}

const named = ['credentialStores', 'userLists', 'ldapServers', 'trustedCaLists'] as const;

/** Lays the committed policies over the services of plugin-host.yaml, name by name. A certificate that cannot be read is left out. */
export function addServices<T extends Provided>(
  host: T,
  { services, answers, answersFile }: Pick<ConnectionPolicy, 'services' | 'answers' | 'answersFile'>,
): { host: T; problems: Problem[] } {
  const loaded = loadSettings({ services }, '/');
  if (loaded === undefined) return { host, problems: [] };
  // What `services.rest` names wins.
  const merged: LoadedServices = {
    ...host.services,
    rest: { ...answers, ...host.services.rest },
    ...(answersFile === undefined ? {} : { restFile: answersFile }),
  };
  const problems: Problem[] = [];
  for (const kind of named) {
    const [own, committed] = [host.services[kind], loaded.services[kind]];
    if (committed === undefined || Object.keys(committed).length === 0) continue;
    for (const name of Object.keys(committed)) {
      if (own === undefined || !Object.hasOwn(own, name)) continue;
      const message = `${kind}.${name} of plugin-host.yaml is not used: a committed policy has the same name`;
      problems.push(warning('SERVICE_SHADOWED', message, 'Rename one of them.'));
    }
    Object.assign(merged, { [kind]: { ...own, ...committed } });
  }
  return {
    host: { ...host, services: merged, serviceSecrets: [...host.serviceSecrets, ...loaded.secrets] },
    problems,
  };
}
