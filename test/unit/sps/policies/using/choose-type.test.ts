import { expect, test } from 'vitest';
import { chooseType } from '../../../../../src/sps/policies/using/choose-type.ts';

const plugin = (type: 'aa' | 'credentialstore'): object => ({ [type]: { type } });
const both = { plugins: { ...plugin('aa'), ...plugin('credentialstore') } };
const policy = 'lab';

test('the plugin of a policy is the one that has the hook', () => {
  expect(chooseType({ hook: 'authorize', type: undefined, policy }, both)).toBe('aa');
  expect(chooseType({ hook: 'get_password_list', type: undefined, policy }, both)).toBe('credentialstore');
  expect(chooseType({ hook: 'session_ended', type: undefined, policy }, { plugins: plugin('aa') })).toBe('aa');
  expect(chooseType({ hook: 'session_ended', type: 'credentialstore', policy }, both)).toBe('credentialstore');
});

test.each([
  ['session_ended', undefined, both, 'TYPE_NEEDED'],
  ['authorise', undefined, both, 'HOOK_UNKNOWN'],
  ['authorize', undefined, { plugins: plugin('credentialstore') }, 'POLICY_WITHOUT_PLUGIN'],
  ['authorize', 'credentialstore', both, 'POLICY_WITHOUT_PLUGIN'],
])('%s of type %s is refused where nothing fits', (hook, type, of, code) => {
  expect(() => chooseType({ hook, type, policy }, of)).toThrow(expect.objectContaining({ code }));
});
