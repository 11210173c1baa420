import path from 'node:path';
import { expect, test } from 'vitest';
import { coldShims } from '../../../../src/sps/invocation/boot-shim.ts';
import { openMember } from '../../../../src/sps/session/open-member.ts';

test('a member that is to be cold has a fresh interpreter for each call', async () => {
  const { shims } = await openMember('sample-plugins/otp', {
    isCold: true,
    sessionStateDir: '/nowhere',
    force: false,
    environment: {},
    currentFolder: path.resolve(import.meta.dirname, '../../../..'),
  });
  expect(shims).toBe(coldShims);
});
