import { describe, expect, test } from 'vitest';
import { applyLoginName, parseLoginName } from '../../../../src/sps/flow/login-name.ts';
import { connections } from '../../../../src/sps/plugin/connections.ts';

describe('a login name in SSH and Telnet', () => {
  test.each([
    ['root', { user: 'root', pairs: {} }],
    ['otp=123456@root', { user: 'root', pairs: { otp: '123456' } }],
    ['root@otp=123456', { user: 'root', pairs: { otp: '123456' } }],
    ['otp=123456@root@scb', { user: 'root', server: 'scb', pairs: { otp: '123456' } }],
    ['gu=wsmith@root@10.0.0.5:2222@scb', { user: 'root', server: '10.0.0.5', port: 2222, pairs: { gu: 'wsmith' } }],
    ['root@[fe80::1]:22', { user: 'root', server: 'fe80::1', port: 22, pairs: {} }],
    ['root@fe80::1', { user: 'root', server: 'fe80::1', pairs: {} }],
    ['otp=y_1=2@root', { user: 'root', pairs: { otp: 'y_1=2' } }],
    ['otp=1@otp=2@root', { user: 'root', pairs: { otp: '2' } }],
    ['otp=@root', { user: 'root', pairs: { otp: '' } }],
    ['9x=1@root', { user: '9x=1', server: 'root', pairs: {} }],
    ['', { pairs: {} }],
    ['DOMAIN\\root', { user: 'DOMAIN\\root', pairs: {} }],
  ])('%s', (text, expected) => {
    expect(parseLoginName(text, 'ssh')).toEqual(expected);
    expect(parseLoginName(text, 'telnet')).toEqual(expected);
  });
});

describe('a login name in RDP', () => {
  test.each([
    ['Administrator', { user: 'Administrator', pairs: {} }],
    ['DOMAIN\\otp~123456%Administrator', { domain: 'DOMAIN', user: 'Administrator', pairs: { otp: '123456' } }],
    ['MYDOMAIN\\gu~wsmith%root', { domain: 'MYDOMAIN', user: 'root', pairs: { gu: 'wsmith' } }],
    ['root%my-target^6464', { user: 'root', server: 'my-target', port: 6464, pairs: {} }],
    ['root%(^^1)^6464', { user: 'root', server: '::1', port: 6464, pairs: {} }],
    ['otp~a~b%root', { user: 'root', pairs: { otp: 'a~b' } }],
    ['a=b@c', { user: 'a=b@c', pairs: {} }],
    ['otp~123456%', { pairs: { otp: '123456' } }],
  ])('%s', (text, expected) => {
    expect(parseLoginName(text, 'rdp')).toEqual(expected);
  });
});

describe('a connection with a login name', () => {
  test('gets user, server, port, domain and pairs', () => {
    const login = parseLoginName('ACME\\otp~1%root%10.0.0.5^3390', 'rdp');
    expect(applyLoginName(connections.rdp, login)).toMatchObject({
      server_username: 'root',
      server_domain: 'ACME',
      server_ip: '10.0.0.5',
      server_hostname: null,
      server_port: 3390,
      key_value_pairs: { username: 'gatewayuser', otp: '1' },
    });
  });

  test('takes gu as gateway user only where SPS authenticates one, and keeps it among the pairs', () => {
    const login = parseLoginName('gu=wsmith@root', 'ssh');
    const pairs = { key_value_pairs: { gu: 'wsmith' } };
    expect(applyLoginName(connections['ssh-gateway'], login)).toMatchObject({ gateway_user: 'wsmith', ...pairs });
    expect(applyLoginName(connections.ssh, login)).toMatchObject({ gateway_user: null, ...pairs });
  });
});
