import { expect, test } from 'vitest';
import { choosePluginName } from '../../../../../src/sps/authoring/init/create-plugin.ts';

test.each([
  ['my-plugin', undefined, 'my_plugin'],
  ['some/where/Acme Otp.v2', undefined, 'Acme_Otp_v2'],
  ['_private_', undefined, 'private'],
  ['9', 'Acme_Otp', 'Acme_Otp'],
])('the folder %s with --name %s gives the name %s', (folder, given, expected) => {
  expect(choosePluginName(folder, given)).toBe(expected);
});

test.each([
  ['9lives', undefined],
  ['x', undefined],
  ['äöü', undefined],
  ['fine', 'not fine'],
  ['fine', 'x'],
  ['fine', '_x'],
])('the folder %s with --name %s gives none', (folder, given) => {
  expect(() => choosePluginName(folder, given)).toThrow(/a name is a letter/);
});
