import { describe, expect, test } from 'vitest';
import { packSample } from './pack-sample.ts';
import { Served } from './served.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

describe.each(['classic', 'current'] as const)('the worked sequence of the reference in %s', (compat) => {
  test('ends with a plugin, its policies and a connection that are committed, and there after a restart', async () => {
    await using served = await Served.start({ compat });
    using client = await served.loggedIn();
    expect(await client.send('POST', '/api/transaction')).toMatchObject({
      status: 200,
      body: { body: { status: 'open' }, meta: { href: '/api/transaction', remaining_seconds: 600 } },
    });
    const zip = await packSample('otp');
    const plugin = await client.create('/api/upload/plugins', zip);
    expect(plugin).toMatch(uuid);
    const instance = await client.create('/api/configuration/policies/aa_plugin_instances', {
      name: 'mfa-test',
      plugin,
      configuration: '[auth]\n',
    });
    const mapping = await client.create('/api/configuration/policies/usermapping', {
      name: 'ops',
      allow_other_remote_users_without_mapping: true,
      mappings: [],
    });
    const connection = await client.create('/api/configuration/ssh/connections', {
      name: 'ssh-lab',
      active: true,
      network: { clients: ['0.0.0.0/0'], targets: ['10.0.0.5/32'], ports: [22] },
      policies: { aa_plugin: instance, usermapping_policy: mapping },
    });
    const { body: log } = await client.send('GET', '/api/transaction/changes');
    expect(log['changes']).toMatchObject([
      { type: 'create', path: `/api/configuration/plugins/aa/${plugin}`, new_value: { name: 'Sample_Otp' } },
      { type: 'create', path: `/api/configuration/policies/aa_plugin_instances/${instance}` },
      { type: 'create', path: `/api/configuration/policies/usermapping_policies/${mapping}` },
      { type: 'create', path: `/api/configuration/ssh/connections/${connection}` },
    ]);
    const committed = await client.send('PUT', '/api/transaction', { status: 'commit' });
    expect(committed).toMatchObject({ status: 200, body: { transaction: { status: 'closed' } } });

    await served.close();
    await served.open({ compat: compat === 'classic' ? 'current' : 'classic' });
    using later = await served.loggedIn();
    expect(await later.send('GET', `/api/configuration/ssh/connections/${connection}`)).toMatchObject({
      status: 200,
      body: {
        key: connection,
        body: {
          name: 'ssh-lab',
          policies: {
            aa_plugin: { key: instance, meta: { href: `/api/configuration/policies/aa_plugin_instances/${instance}` } },
          },
        },
      },
    });
    expect((await later.send('GET', `/api/configuration/plugins/aa/${plugin}`)).body['body']).toMatchObject({
      name: 'Sample_Otp',
      path: '/opt/scb/var/plugins/aa/Sample_Otp',
    });
  });
});
