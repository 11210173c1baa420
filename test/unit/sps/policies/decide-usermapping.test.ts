import { expect, test } from 'vitest';
import { decideUsermapping, groupsFor, toUsermapping } from '../../../../src/sps/policies/decide-usermapping.ts';

const policy = toUsermapping({
  name: 'ops',
  allow_other_remote_users_without_mapping: true,
  mappings: [
    { remote_user: 'report', allowed_groups: [] },
    { remote_user: 'oracle', allowed_groups: ['dba', 'oncall'] },
    { remote_user: 'Anon*', allowed_groups: ['*'] },
    { remote_user: 'ora*', allowed_groups: ['auditors'] },
  ],
});

test.each([
  ['an entry without groups lets anybody in', 'wsmith', [], 'report', 0, true],
  ['a group of the entry lets its members in', 'wsmith', ['oncall'], 'oracle', 1, true],
  ['groups are compared with case', 'wsmith', ['DBA'], 'oracle', null, false],
  ['an entry with a star is one more entry', 'wsmith', ['auditors'], 'oracle', 3, true],
  ['the group * is everybody', 'wsmith', null, 'Anonymous', 2, true],
  ['names are compared with case', 'wsmith', [], 'anonymous', null, false],
  ['without an entry the same name is needed', 'root', [], 'root', null, true],
  ['an entry decides also for equal names', 'oracle', [], 'oracle', null, false],
  ['without an entry another name is refused', 'wsmith', ['dba'], 'root', null, false],
  ['no gateway user is refused', null, ['dba'], 'report', null, false],
  ['while the remote user is not known nothing is decided', 'wsmith', ['dba'], null, null, null],
])('with a policy, %s', (_, gatewayUser, gatewayGroups, remoteUser, entry, allowed) => {
  expect(decideUsermapping({ policy, gatewayUser, gatewayGroups, remoteUser })).toEqual({ entry, allowed });
});

test.each([
  [null, 'root', true],
  ['root', 'root', true],
  ['wsmith', 'root', false],
])('without a policy the gateway user %s as %s is allowed: %s', (gatewayUser, remoteUser, allowed) => {
  const question = { policy: null, gatewayUser, gatewayGroups: ['dba'], remoteUser };
  expect(decideUsermapping(question)).toEqual({ entry: null, allowed });
});

test('the groups that would do are those of every entry for the user', () => {
  const question = { policy, gatewayUser: 'wsmith', gatewayGroups: [], remoteUser: 'oracle' };
  expect(groupsFor(question)).toEqual(['dba', 'oncall', 'auditors']);
});

test.each([
  ['a*c*e', 'abcde', true],
  ['a*c*e', 'ace', true],
  ['ab*bc', 'abc', false],
  ['*', '', true],
  ['**', 'x', true],
])('the pattern %s fits %s: %s', (remoteUser, name, isFit) => {
  const one = toUsermapping({ name: 'one', mappings: [{ remote_user: remoteUser, allowed_groups: [] }] });
  const decided = decideUsermapping({ policy: one, gatewayUser: 'w', gatewayGroups: [], remoteUser: name });
  expect(decided.allowed).toBe(isFit);
});
