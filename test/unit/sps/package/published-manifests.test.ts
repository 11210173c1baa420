import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { defaultRelease } from '../../../../src/sps/manifest/release.ts';
import { checkPackage } from '../../../../src/sps/package/check-package.ts';
import { openPackage } from '../../../../src/sps/package/open-package.ts';
import { goodMain } from './good-package.ts';
import { makeTemporaryFolder } from './temporary-folder.ts';

/** Fields of the plugins that the vendor publishes, as they are written there. Source: their repositories, MANIFEST. */
const published: [repository: string, name: string, type: string, api: string, version: string, more?: string][] = [
  ['azure-ad', 'SPS_Azure_AD', 'aa', '1.2', '0.0.1'],
  ['cyberark-vault', 'SPS_cyberark', 'credentialstore', '1.6', '2.0.0'],
  ['duo-mfa', 'SPS_Duo', 'aa', '1.2', '2.1.0'],
  ['fqdnauth', 'FQDNAuth', 'aa', '1.2', '2.0.0'],
  ['hashicorp-vault', 'SPS_hashicorp', 'credentialstore', '1.6', '2.0.0'],
  ['inwebo-mfa', 'SPS_InWebo', 'aa', '1.1', '2.0.1'],
  ['okta-mfa', 'SPS_Okta', 'aa', '1.1', '2.0.1'],
  ['onelogin', 'SPS_OneLogin_MFA_Plugin', 'aa', '1.4', '0.1', 'author: somebody'],
  ['pingid', 'SPS_PingID_Plugin', 'aa', '1.3', '0.3', 'author: somebody'],
  ['radius-mfa', 'SPS_RADIUS', 'aa', '1.6', '3.0.1'],
  ['safeguard', 'SPS_safeguard', 'credentialstore', '1.6', '3.0.0'],
  ['sample-aa', 'Sample_Gateway_Auth_Plugin_For_Shared_Sessions', 'aa', '1.1', '1.0', 'scb_min_version: 8.1.0'],
  ['servicenow', 'SPS_ServiceNow', 'aa', '1.3', '1.0'],
  ['skeleton-aa', 'SPS_AA_Skeleton', 'aa', '1.1', '1.1.0', '# scb_min_version: 5.11.0'],
  ['sra-initiated', 'SPS_AA_SRA_initiated', 'aa', '1.7.0', '1.1.0', 'scb_max_version: 8.0.0~'],
  ['starling-2fa', 'SPS_Starling', 'aa', '1.4', '2.2.2'],
  ['thycotic-secret-server', 'SPS_thycotic', 'credentialstore', '1.3', '1.0.0'],
  ['tpam', 'SPS_TPAM', 'credentialstore', '1.1', '2.0.2'],
  ['yubikey-mfa', 'SPS_Yubikey', 'aa', '1.1', '2.0.1'],
];

/** Codes of the errors that `check` finds in a package with this MANIFEST. */
async function errorsOf(repository: string, release = defaultRelease): Promise<string[]> {
  const [, name = '', type = '', api = '', version = '', more] = published.find(([each]) => each === repository) ?? [];
  const root = makeTemporaryFolder();
  const lines = [`name: ${name}`, `type: ${type}`, `api: ${api}`, `version: ${version}`, 'description: Published'];
  // One lacks the newline at its end.
  writeFileSync(path.join(root, 'MANIFEST'), [...lines, 'entry_point: main.py', ...(more ? [more] : [])].join('\n'));
  if (repository === 'thycotic-secret-server') mkdirSync(path.join(root, 'tests'));
  else writeFileSync(path.join(root, 'main.py'), goodMain);
  if (repository !== 'servicenow') writeFileSync(path.join(root, 'default.cfg'), '[auth]\n');
  const { package: opened } = await openPackage(root, { stateDir: path.join(root, 'state') });
  if (opened === undefined) throw new Error('a folder always opens');
  const { manifest, problems } = await checkPackage(opened, { release, strict: false, legacyPython: false });
  expect(manifest).toMatchObject({ name, type });
  return problems.filter(({ level }) => level === 'error').map(({ code }) => code);
}

describe('all 19 published MANIFESTs are valid', () => {
  test('and there are 19 of them', () => {
    expect(published).toHaveLength(19);
  });

  test.each(published)('%s, on a release that suits its bounds', async (repository) => {
    const spsVersion = repository === 'sra-initiated' ? '7.5.1' : defaultRelease.spsVersion;
    const expected = repository === 'thycotic-secret-server' ? ['ENTRY_POINT_MISSING'] : [];
    expect(await errorsOf(repository, { ...defaultRelease, spsVersion })).toEqual(expected);
  });
});

test.each([
  ['1.6', '7.5.1', ['API_TOO_NEW']],
  ['1.7', '7.5.1', []],
  ['1.9', '7.5.1', []],
  ['1.9', '8.0.0', ['SPS_TOO_NEW']],
])('sra-initiated on API %s, product version %s', async (api, spsVersion, expected) => {
  expect(await errorsOf('sra-initiated', { ...defaultRelease, api, spsVersion })).toEqual(expected);
});
