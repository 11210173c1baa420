import { describe, expect, test } from 'vitest';
import { libraries } from '../../../../src/platform/tables/libraries.ts';
import { operations, partnerOf } from '../../../../src/platform/tables/operations.ts';
import {
  findReserved,
  isCaseVariant,
  reservedParameters,
} from '../../../../src/platform/tables/reserved-parameters.ts';
import { statusMessages, statusTypes } from '../../../../src/platform/tables/status-messages.ts';
import { verbSummary } from '../../../../src/platform/tables/verb-summary.ts';
import { driftedProperty, findVerb, verbs } from '../../../../src/platform/tables/verbs.ts';

/** Source: specification a.6, appendices A and B, d.0, e.2. */
describe('the tables hold what the specification counts', () => {
  test('operations, parameters, statuses', () => {
    expect([operations.length, reservedParameters.length, statusMessages.length, statusTypes.length]).toEqual([
      24, 82, 65, 25,
    ]);
  });

  test('functions of libraries', () => {
    expect(Object.fromEntries(libraries.map(({ name, functions }) => [name, functions.length]))).toEqual({
      ResolveAssetName: 1,
      LinuxSshLogin: 27,
      LinuxSshFunctions: 6,
      DiscoverSshHostKey: 1,
      TestLoginSsh: 2,
      ReturnOperationResultSsh: 1,
      ChangeSshKeyCommon: 11,
      UnixShellAuthorizedKeys: 14,
      UnixShellAuthorizedKeysOpenSsh: 16,
      UnixShellChangeSshKey: 4,
      UnixShellChangeSshKeyOpenSsh: 11,
      UnixShellDiscoverAccounts: 2,
      UnixShellSshFunctions: 2,
      UnixUpdateCustomDependency: 4,
      WindowsSshFunctions: 14,
      WindowsSshFunctionsDiscovery: 39,
      WindowsSshFunctionsSshKey: 33,
    });
  });

  test('of every verb each property has its role', () => {
    for (const { name, properties, isOpen } of verbs) {
      expect(verbSummary(name) === undefined, name).toBe(isOpen);
      for (const property of properties) expect(property.role, `${name}.${property.name}`).toBeTruthy();
    }
    expect(new Set(verbs.map(({ name }) => name)).size).toBe(verbs.length);
    const message = findVerb('Status')?.properties.find(({ name }) => name === 'Message');
    expect(message?.properties.map(({ name, isRequired }) => [name, isRequired])).toEqual([
      ['Name', true],
      ['Parameters', false],
    ]);
  });
});

describe('what is looked up', () => {
  test('is a reserved parameter in any case, and told to be in another one', () => {
    expect(findReserved('accountusername')).toMatchObject({ name: 'AccountUserName', type: 'String', group: 'core' });
    expect(['AccountUsername', 'AccountUserName', 'NetBiosName', 'netbiosname', 'Mine'].map(isCaseVariant)).toEqual([
      true,
      false,
      false,
      true,
      false,
    ]);
  });

  test('is the right name of a drifted property', () => {
    expect([driftedProperty('Connect', 'address'), driftedProperty('Connect', 'Host')]).toEqual([
      'NetworkAddress',
      undefined,
    ]);
  });

  test('is the other one of a pair', () => {
    expect(['CheckFile', 'ChangeFile', 'CheckSystem'].map(partnerOf)).toEqual(['ChangeFile', 'CheckFile', undefined]);
  });
});
