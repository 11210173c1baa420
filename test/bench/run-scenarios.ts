import { openPlugin } from 'plugin-host';

const otp = '123456';
const [, , folder = '', python = 'python3'] = process.argv;

/** The four scenarios of `pluginv run-scenario`: authenticate until it asks no more, authorize and session_ended. */
async function runScenarios(root: string): Promise<void> {
  await using plugin = await openPlugin(root, { python, processes: 'warm' });
  const names = ['ssh', 'ssh-gateway', 'rdp', 'rdp-gateway'] as const;
  await Promise.all(
    names.map(async (connection) => {
      let [cookie, sessionCookie] = [{}, {}];
      const call = async (hook: string, kwargs = {}): Promise<string | null> => {
        const record = await plugin.call(hook, kwargs, { connection, cookie, sessionCookie });
        [cookie, sessionCookie] = [record.cookie.after, record.sessionCookie.after];
        return record.verdict;
      };
      if ((await call('authenticate')) === 'NEEDINFO') await call('authenticate', { key_value_pairs: { otp } });
      await call('authorize');
      await call('session_ended');
    }),
  );
}

await runScenarios(folder);
