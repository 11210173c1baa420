import type { Installer } from './installer.ts';
import type { SdkEnvironment } from './sdk-environment.ts';

/**
 * There is no wheel of python-ldap on PyPI; if the user's index knows another source, that is used, else a stand-in.
 * @param pinned The version of the SDK's release, undefined when it has none.
 * @returns Warnings.
 */
export async function installLdap(
  environment: SdkEnvironment,
  pinned: string | undefined,
  installer: Installer,
): Promise<string[]> {
  if (pinned === undefined) return [];
  environment.removeLdapStandIn();
  const args = ['install', '--only-binary', ':all:', 'python-ldap'];
  const { exitCode } = await installer.run(args);
  if (exitCode === 0) return [];
  environment.putLdapStandIn();
  return [
    `python-ldap ${pinned} has no wheel; a stand-in can be imported, and says so when it is used. The SDK never imports it`,
  ];
}
