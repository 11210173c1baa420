import path from 'node:path';
import { expect, test } from 'vitest';
import { servePart } from '../../../../src/rest/settings/serve-part.ts';

test('files are relative to the file, and what else is written stays', () => {
  const users = {
    auditor: { passwordFile: 'auditor.txt', privileges: [{ path: '/api/configuration', access: 'read' }] },
  };
  const { value, problems } = servePart.read(
    { serve: { compat: 'current', sessionIdle: '5m', log: '-', users } },
    '/here',
  );
  expect(problems).toEqual([]);
  expect(value).toMatchObject({
    compat: 'current',
    sessionIdle: '5m',
    log: '-',
    users: { auditor: { passwordFile: path.resolve('/here/auditor.txt'), privileges: users.auditor.privileges } },
  });
});

test.each([
  ['a profile that is not there', { compat: 'modern' }],
  ['an unknown key', { ports: 1 }],
  ['the name of the first user', { users: { admin: { passwordFile: 'a', privileges: [] } } }],
  [
    'a privilege outside of the API',
    { users: { a: { passwordFile: 'a', privileges: [{ path: '/x', access: 'read' }] } } },
  ],
  ['a time of nothing', { sessionIdle: 0 }],
])('%s is told', (_, serve) => {
  expect(servePart.read({ serve }, '/here').problems).not.toEqual([]);
});
