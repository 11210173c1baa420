import { expect, test } from 'vitest';
import { findFeatureFlags } from '../../../../src/platform/analysis/feature-flags.ts';
import { readScript } from '../../../../src/platform/script/read-script.ts';

function flagsOf(contents: string): string {
  const { script } = readScript(`{${contents}}`);
  if (script === undefined) throw new Error('no object');
  const { documented, engine } = findFeatureFlags(script);
  return `${documented.join(' ')} | ${engine.join(' ')}`;
}

const parameters = (...names: string[]): string =>
  `{"Parameters": [${names.map((each) => `{"${each.split(' ')[0] ?? ''}": {"Type": "${each.split(' ')[1] ?? ''}"}}`).join(', ')}]}`;

test.each([
  ['"CheckSystem": {}', ' | PasswordFeatureFl'],
  ['"CheckPassword": {}', ' | PasswordFeatureFl'],
  [`"checkpassword": ${parameters('accountpassword Secret')}`, 'PasswordFl | AccountPasswordFl PasswordFeatureFl'],
  [`"ChangePassword": ${parameters('AccountPassword Secret')}`, ' | AccountPasswordFl PasswordFeatureFl'],
  [
    `"ChangePassword": ${parameters('AccountPassword Secret', 'NewPassword Secret')}`,
    'AccountPasswordFl | AccountPasswordFl PasswordFeatureFl',
  ],
  ['"CheckSshKey": {}', 'SshKeyFl | SshKeyFeatureFl'],
  ['"DiscoverSshHostKey": {}', 'SshHostKeyFl | PasswordFeatureFl SshTransportFl'],
  ['"DiscoverAuthorizedKeys": {}', 'DiscoverSshKeyFl | SshKeyFeatureFl'],
  ['"DiscoverAccounts": {}', 'AccountDiscoveryFl | AccountDiscoveryFl'],
  ['"DiscoverServices": {}', 'ServiceDiscoveryFl | ServiceDiscoveryFl'],
  ['"DisableAccount": {}', 'SuspendRestoreAccountFl | PasswordFeatureFl SuspendRestoreAccountFl'],
  ['"ElevateAccount": {}', 'ElevateDemoteAccountFl | ElevateDemoteAccountFl PasswordFeatureFl'],
  [
    `"UpdateDependentSystem": ${parameters('DependentCommand String')}`,
    'CustomDependencyFl DependentSystemFl | CustomDependencyUpdateFl DependentSystemFl PasswordFeatureFl',
  ],
  ['"ChangeApiKey": {}', ' | ApiKeyFeatureFl'],
  ['"CheckFile": {}', ' | '],
  [
    `"CheckFile": ${parameters('Port Integer', 'SshPort Integer', 'UseSsl Boolean', 'Timeout Integer', 'CheckHostKey Boolean')}`,
    'CheckHostKeyFl PortFl SshPortFl TimeoutFl UseSslFl | CustomPortFl SshTransportFl TimeoutFl UseSslFl',
  ],
  [`"Login": ${parameters('Port Integer')}`, ' | '],
])('%s has the flags %s', (contents, expected) => {
  expect(flagsOf(contents)).toBe(expected);
});
