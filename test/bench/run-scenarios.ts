import { type OpenedPlugin, openPlugin } from 'plugin-host';

const otp = '123456';

/** The four scenarios of `pluginv run-scenario`: authenticate until it asks no more, authorize and session_ended. */
export async function runScenarios(plugin: OpenedPlugin): Promise<void> {
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

if (import.meta.main) {
  const [, , folder = '', python = 'python3'] = process.argv;
  await using plugin = await openPlugin(folder, { python, processes: 'warm' });
  await runScenarios(plugin);
}
