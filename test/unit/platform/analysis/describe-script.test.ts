import { describe, expect, test } from 'vitest';
import { describeScript } from '../../../../src/platform/analysis/describe-script.ts';
import { readScript } from '../../../../src/platform/script/read-script.ts';

const text = `{"Id": "X", "BackEnd": "Scriptable", "Imports": ["LinuxSshLogin", "ResolveAssetName"],
 "ChangePassword": {
  "Parameters": [{"AccountUsername": {"Type": "string", "Required": true}}, {"Environment": {"Type": "String", "DefaultValue": null}},
   {"ClientSecret": {"Type": "String", "Description": "d"}}],
  "Do": [{"Function": {"Name": "Login", "Parameters": ["x"]}}, {"Function": {"Name": "LogoutSsh"}},
   {"Status": {"Type": "Checking", "Percent": 1, "Message": {"Name": "VerifyingPassword"}}},
   {"Connect": {"ConnectionObjectName": "C", "Type": "SSH"}}, {"Request": {}}]},
 "CheckHostKey": {},
 "Login": {"Parameters": [{"P": {"Type": "Secret"}}], "Do": [{"Function": {"Name": "Login"}}]}}`;

describe('the description of a script', () => {
  const { script } = readScript(text);
  if (script === undefined) throw new Error('no object');
  const description = describeScript(script);

  test('has its operations', () => {
    expect(description.operations).toEqual([
      {
        name: 'ChangePassword',
        changes: true,
        driven: true,
        line: 2,
        parameters: [
          { name: 'AccountUsername', type: 'String', required: true, reserved: true, secret: false, description: null },
          {
            name: 'Environment',
            type: 'String',
            required: false,
            default: null,
            reserved: false,
            secret: false,
            description: null,
          },
          { name: 'ClientSecret', type: 'String', required: false, reserved: true, secret: true, description: 'd' },
        ],
      },
      { name: 'CheckHostKey', changes: false, driven: false, line: 8, parameters: [] },
    ]);
  });

  test('has its functions, and those of libraries that are called', () => {
    expect(description.functions.map(({ parameters, ...each }) => each)).toEqual([
      { name: 'Login', from: 'script', line: 9, calledBy: ['ChangePassword', 'Login'] },
      { name: 'LogoutSsh', from: 'LinuxSshLogin', line: null, calledBy: ['ChangePassword'] },
    ]);
  });

  test('has what it connects by and what it tells', () => {
    expect([description.connections, description.statuses]).toEqual([['Ssh', 'Http'], ['VerifyingPassword']]);
    expect(description.meta).toBeNull();
  });
});
