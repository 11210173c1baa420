import { type Block, operationsOf, type Script } from '../script/script.ts';
import { findOperation } from '../tables/operations.ts';
import type { ParameterType } from '../tables/parameter-types.ts';

/** What SPP will take a platform to be able to do: by the older names, and by those of newer engines. Sorted. */
export interface FeatureFlags {
  documented: string[];
  engine: string[];
}

/** Flags of operations that have parameters, if any are named. Source: specification a.6. */
const documentedByOperation: Record<string, readonly string[]> = {
  PasswordFl: ['CheckPassword AccountPassword'],
  AccountPasswordFl: ['ChangePassword AccountPassword NewPassword'],
  SshKeyFl: ['CheckSshKey', 'ChangeSshKey'],
  SshHostKeyFl: ['DiscoverSshHostKey', 'RetrieveSshHostKey'],
  DiscoverSshKeyFl: ['DiscoverAuthorizedKeys', 'RemoveAuthorizedKey'],
  AccountDiscoveryFl: ['DiscoverAccounts'],
  ServiceDiscoveryFl: ['DiscoverServices'],
  SuspendRestoreAccountFl: ['EnableAccount', 'DisableAccount'],
  ElevateDemoteAccountFl: ['ElevateAccount', 'DemoteAccount'],
  DependentSystemFl: ['UpdateDependentSystem'],
  CustomDependencyFl: ['UpdateDependentSystem DependentCommand'],
  ApiKeyFl: ['CheckApiKey'],
};

const documentedByParameter: Record<string, readonly string[]> = {
  PortFl: ['Port'],
  SshPortFl: ['SshPort'],
  UseSslFl: ['UseSsl'],
  TimeoutFl: ['Timeout'],
  CheckHostKeyFl: ['CheckHostKey'],
};

const engineByOperation: Record<string, readonly string[]> = {
  PasswordFeatureFl: [
    ...['CheckSystem', 'CheckPassword', 'ChangePassword', 'EnableAccount', 'DisableAccount', 'ElevateAccount'],
    ...['DemoteAccount', 'DiscoverSshHostKey', 'RetrieveSshHostKey', 'UpdateDependentSystem'],
  ],
  SshKeyFeatureFl: ['CheckSshKey', 'ChangeSshKey', 'DiscoverAuthorizedKeys'],
  SshTransportFl: ['DiscoverSshHostKey'],
  AccountDiscoveryFl: ['DiscoverAccounts'],
  ServiceDiscoveryFl: ['DiscoverServices'],
  SuspendRestoreAccountFl: ['EnableAccount', 'DisableAccount'],
  ElevateDemoteAccountFl: ['ElevateAccount', 'DemoteAccount'],
  DependentSystemFl: ['UpdateDependentSystem'],
  CustomDependencyUpdateFl: ['UpdateDependentSystem DependentCommand'],
  ApiKeyFeatureFl: ['CheckApiKey', 'ChangeApiKey'],
};

const engineByParameter: Record<string, readonly string[]> = {
  AccountPasswordFl: ['AccountPassword Secret'],
  CustomPortFl: ['Port Integer'],
  UseSslFl: ['UseSsl Boolean'],
  TimeoutFl: ['Timeout Integer'],
  SshTransportFl: [
    ...['CheckHostKey Boolean', 'HostKey String', 'NewSshKey String', 'NewSshKeyComment String', 'OldSshKey String'],
    ...['UserKey Secret', 'NewSshPrivateKey Secret'],
  ],
};

export function findFeatureFlags(script: Script): FeatureFlags {
  const operations = operationsOf(script);
  return {
    documented: derive(operations, documentedByOperation, documentedByParameter),
    engine: derive(operations, engineByOperation, engineByParameter),
  };
}

function derive(
  operations: readonly Block[],
  byOperation: Record<string, readonly string[]>,
  byParameter: Record<string, readonly string[]>,
): string[] {
  const ofOperations = flagsOf(byOperation, (condition) => {
    const [name, ...parameters] = condition.split(' ');
    return operations.some(
      (each) => findOperation(each.name)?.name === name && parameters.every((wanted) => hasParameter(each, wanted)),
    );
  });
  const ofParameters = flagsOf(byParameter, (condition) => {
    const [name = '', type] = condition.split(' ');
    return operations.some((each) => hasParameter(each, name, type as ParameterType | undefined));
  });
  return [...new Set([...ofOperations, ...ofParameters])].sort();
}

function flagsOf(table: Record<string, readonly string[]>, holds: (condition: string) => boolean): string[] {
  return Object.keys(table).filter((flag) => table[flag]?.some(holds) === true);
}

function hasParameter({ parameters }: Block, name: string, type?: ParameterType): boolean {
  return parameters.some(
    (each) => each.name.toLowerCase() === name.toLowerCase() && (type === undefined || each.type === type),
  );
}
