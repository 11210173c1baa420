import { expect, test } from 'vitest';
import { renderAccessLine } from '../../../../src/cli/serve/render-access-line.ts';

const paint = (_: string, text: string): string => text;

test.each([
  [{ method: 'GET', path: '/api', status: 200, user: 'admin' }, undefined],
  [{ method: 'POST', path: '/api/transaction', status: 200, user: 'admin' }, '200 POST /api/transaction  admin'],
  [
    { method: 'GET', path: '/api/x', status: 401, type: 'Unauthenticated', user: null },
    '401 GET /api/x  Unauthenticated  nobody',
  ],
  [{ level: 'warning', code: 'MEMBER_UNKNOWN', message: 'x', path: '/api/y' }, 'warning MEMBER_UNKNOWN  x  /api/y'],
])('%j is shown as %j', (line, shown) => {
  expect(renderAccessLine(JSON.stringify(line), paint)).toBe(shown);
});
