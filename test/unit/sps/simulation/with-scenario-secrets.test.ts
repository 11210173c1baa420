import { expect, test } from 'vitest';
import type { Member } from '../../../../src/sps/session/open-member.ts';
import { withScenarioSecrets } from '../../../../src/sps/simulation/with-scenario-secrets.ts';

function memberWith(host: Partial<Member['host']>): Member {
  return { host: { secretNames: [], serviceSecrets: [], ...host } } as unknown as Member;
}

test('both plugins know from the first step on what the scenario holds as a secret', () => {
  const members = withScenarioSecrets(
    {
      aa: memberWith({ configuration: '[a]\nradius_secret = of-aa', serviceSecrets: ['of-service'] }),
      credentialstore: memberWith({ configuration: '[b]\nticket = of-store', secretNames: ['ticket', 'color'] }),
    },
    {
      connection: { base: 'ssh-gateway', gateway_password: 'of-gateway', key_value_pairs: { token: 'of-pairs' } },
      login: 'password=of-login@root',
      answers: { otp: ['of-answer', 'of-second'], color: 'of-marked', city: 'Bonn' },
      serverPassword: ['of-server', 'of-other'],
      target: { passwords: ['of-target'], publicKeys: ['ssh-rsa AAAA'] },
    },
  );
  const known = members.aa?.host.serviceSecrets ?? [];
  expect(known.toSorted()).toEqual([
    'of-aa',
    'of-answer',
    'of-gateway',
    'of-login',
    'of-marked',
    'of-other',
    'of-pairs',
    'of-second',
    'of-server',
    'of-service',
    'of-store',
    'of-target',
  ]);
  expect(members.credentialstore?.host.serviceSecrets).toEqual(known);
});

test('a scenario without secrets adds none', () => {
  const members = withScenarioSecrets({ aa: memberWith({}) }, { login: 'root', answers: { city: 'Bonn' } });
  expect(members.aa?.host.serviceSecrets).toEqual([]);
  expect(members).not.toHaveProperty('credentialstore');
});
