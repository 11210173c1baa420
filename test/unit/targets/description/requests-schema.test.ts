import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { describeSchemaErrors } from '../../../../src/documents/describe-schema-errors.ts';
import { checkTargetContent } from '../../../../src/targets/description/check-target.ts';
import { commandsSchema } from '../../../../src/targets/description/commands-schema.ts';
import { requestsSchema } from '../../../../src/targets/description/requests-schema.ts';
import { targetDefinitions, targetSchema } from '../../../../src/targets/description/target-schema.ts';

/** As the file of a test holds them. */
const fileSchema = {
  definitions: targetDefinitions,
  type: 'object',
  additionalProperties: false,
  properties: { target: targetSchema, requests: requestsSchema, commands: commandsSchema },
};
const validate = new Ajv({ allErrors: true, allowUnionTypes: true, strictTypes: false, verbose: true }).compile(
  fileSchema,
);

function messagesOf(file: unknown): string[] {
  return validate(file) ? [] : describeSchemaErrors(validate.errors ?? [], fileSchema).map(({ message }) => message);
}

describe('a file that holds targets and expectations', () => {
  test('is valid', () => {
    const requests = [
      { method: 'POST', path: { contains: 'in' }, json: { a: 1 }, headers: { A: ['b'] }, status: null },
    ];
    const commands = ['id', { contains: 'su' }, { command: 'su', stdin: ['p'], exit: 1 }, { input: { any: true } }];
    expect(messagesOf({ target: { http: {} }, requests, commands })).toEqual([]);
  });

  test('has the place of each fault', () => {
    const target = { telnet: { login: [{ expect: 'a', else: [{ snd: 'b' }] }] } };
    expect(messagesOf({ target, requests: [{ staus: 200 }], commands: [{ exit: '1' }] })).toEqual([
      'target.telnet.login.0.else.0: unknown key snd. Did you mean send?',
      'requests.0: unknown key staus. Did you mean status?',
      'commands.0.exit must be integer or null',
    ]);
  });

  test('has the place of what is wrong beyond the shape', () => {
    const target = { ssh: { commands: [{ command: { matches: '[' } }] } };
    expect(
      checkTargetContent(['cases', 2, 'target'], target, { folder: '.' }).map(({ keys }) => keys.join('.')),
    ).toEqual(['cases.2.target.ssh.commands.0.command.matches']);
  });
});
