import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../src/base/json.ts';
import { buildKwargs, unknownKwargs } from '../../../../src/sps/plugin/build-kwargs.ts';
import { connections, type ConnectionName } from '../../../../src/sps/plugin/connections.ts';
import { findHook, type PluginType } from '../../../../src/sps/plugin/find-hook.ts';

function kwargs(
  type: PluginType,
  name: string,
  connection: ConnectionName = 'ssh',
  overlay: JsonObject = {},
  api = '1.9',
): JsonObject {
  const hook = findHook(type, name);
  if (hook === undefined) throw new Error(name);
  return buildKwargs(hook, {
    connection: connections[connection],
    overlay,
    answers: {},
    cookie: {},
    sessionCookie: {},
    sessionName: 'example',
    api,
  });
}

describe('the arguments of a hook', () => {
  test('authenticate gets what the guides list, and no server address', () => {
    expect(kwargs('aa', 'authenticate')).toEqual({
      session_id: 'svc/example/example:0',
      cookie: {},
      session_cookie: {},
      protocol: 'ssh',
      connection_name: 'example',
      client_ip: '1.2.3.4',
      client_port: 12341,
      client_hostname: 'theclient.foo.bar',
      gateway_user: null,
      gateway_domain: null,
      server_username: 'gatewayuser',
      server_domain: null,
      key_value_pairs: {},
      target_username: 'gatewayuser',
    });
  });

  test('authorize adds groups, the server address and the deprecated names with the values of the current ones', () => {
    expect(kwargs('aa', 'authorize', 'ssh-gateway')).toMatchObject({
      gateway_user: 'gatewayuser',
      gateway_groups: null,
      server_ip: '5.6.7.8',
      server_port: 22,
      server_hostname: null,
      target_server: '5.6.7.8',
      target_port: 22,
      target_domain: null,
      target_username: 'targetuser',
    });
  });

  test('credential stores get gateway_username, a password and target_host, but no key_value_pairs', () => {
    const all = kwargs('credentialstore', 'get_password_list', 'ssh-gateway');
    expect(all).toMatchObject({ gateway_username: 'gatewayuser', gateway_password: '', target_host: '5.6.7.8' });
    expect(Object.keys(all)).not.toEqual(expect.arrayContaining(['key_value_pairs']));
    expect(Object.keys(all)).not.toContain('connection_name');
    expect(Object.keys(all)).not.toContain('gateway_user');
  });

  test('gateway_password is null without a gateway user', () => {
    expect(kwargs('credentialstore', 'get_password_list')['gateway_password']).toBeNull();
    expect(kwargs('credentialstore', 'get_password_list', 'ssh', { gateway_username: 'me' })['gateway_password']).toBe(
      '',
    );
    expect(kwargs('credentialstore', 'get_password_list', 'ssh', { gateway_password: 'own' })['gateway_password']).toBe(
      'own',
    );
  });

  test('remote applications have connection and asset, TOTP codes have what passwords have', () => {
    expect(Object.keys(kwargs('credentialstore', 'get_remote_app_credentials'))).toEqual(
      expect.arrayContaining(['asset', 'connection_name']),
    );
    expect(kwargs('credentialstore', 'get_totp_codes')).toEqual(kwargs('credentialstore', 'get_password_list'));
  });

  test.each(['session_ended', 'authentication_completed'])('%s gets the session id and the cookies', (name) => {
    expect(kwargs('credentialstore', name)).toEqual({
      session_id: 'svc/example/example:0',
      cookie: {},
      session_cookie: {},
    });
  });

  test('before API 1.5 there are only the old names', () => {
    const old = kwargs('credentialstore', 'get_password_list', 'ssh-gateway', {}, '1.4');
    expect(Object.keys(old).filter((name) => name.startsWith('server_'))).toEqual([]);
    expect(old).toMatchObject({ target_username: 'targetuser', target_host: '5.6.7.8', target_port: 22 });
    expect(old).not.toHaveProperty('client_hostname');
  });

  test('what is given wins, null too, and deprecated names follow it', () => {
    const all = kwargs('aa', 'authorize', 'ssh', {
      server_ip: '10.0.0.5',
      gateway_groups: ['dba'],
      protocol: null,
      target_port: 9,
    });
    expect(all).toMatchObject({
      server_ip: '10.0.0.5',
      target_server: '10.0.0.5',
      gateway_groups: ['dba'],
      protocol: null,
      target_port: 9,
      server_port: 22,
    });
  });

  test('the session id holds the connection name', () => {
    expect(kwargs('aa', 'authorize', 'ssh', { connection_name: 'my_connection' })['session_id']).toBe(
      'svc/example/my_connection:0',
    );
  });

  test.each([
    [
      'rdp',
      {
        protocol: 'rdp',
        gateway_user: null,
        server_username: null,
        server_ip: null,
        server_port: null,
        key_value_pairs: { username: 'gatewayuser' },
      },
    ],
    ['rdp-gateway', { gateway_user: 'gatewayuser', server_username: null, key_value_pairs: {} }],
    ['telnet', { protocol: 'telnet', gateway_user: 'gatewayuser', server_username: 'targetuser', server_port: 23 }],
    ['mssql', { protocol: 'mssql', server_ip: '5.6.7.8', server_port: 1433 }],
  ] as const)('the connection %s has its values', (connection, expected) => {
    expect(kwargs('aa', 'authorize', connection)).toMatchObject(expected);
  });

  test('names that the product does not pass are told', () => {
    const hook = findHook('aa', 'authenticate');
    if (hook === undefined) throw new Error('no hook');
    expect(unknownKwargs(hook, { server_ip: 'x', otp: 'y', protocol: 'ssh' }, '1.9')).toEqual(['server_ip', 'otp']);
  });
});
