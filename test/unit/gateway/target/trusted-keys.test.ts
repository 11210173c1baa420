import { expect, test } from 'vitest';
import { openKnownHosts } from '../../../../src/gateway/target/trusted-keys.ts';

test('a key that cannot be kept, because no folder can be made for it, is told of', async () => {
  const keys = openKnownHosts({ file: '/proc/plugin-host/known_hosts', acceptsNew: true });
  const judge = async (): Promise<unknown> => keys.judge('db', 22, Buffer.from('key'));
  await expect(judge()).rejects.toMatchObject({ code: 'FILE_UNWRITABLE' });
});
