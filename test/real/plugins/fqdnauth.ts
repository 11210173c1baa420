import { expect } from 'vitest';
import type { RealPlugin } from '../real-plugin.ts';

const config =
  '[hosts_for_groups]\ndba=db*.acme.test,\n web.acme.test\n__all__=public.*\n[groups_for_hosts]\nlocalhost=local,staff\n';

export const fqdnauth: RealPlugin = {
  warnings: [],
  sessions: {
    async 'authorizes by group and name of the target'({ open }) {
      await using plugin = await open({ config });
      const { call } = plugin.startSession();
      expect((await call('authenticate')).record.verdict).toBe('ACCEPT');
      for (const [server_hostname, gateway_groups, verdict] of [
        ['db1.acme.test', ['dba'], 'ACCEPT'],
        ['db1.acme.test', ['staff'], 'DENY'],
        ['web.acme.test', ['other', 'dba'], 'ACCEPT'],
        ['public.acme.test', null, 'ACCEPT'],
        ['db1.acme.test', null, 'DENY'],
      ] as const) {
        const { record } = await call('authorize', {
          server_hostname,
          gateway_groups: gateway_groups && [...gateway_groups],
        });
        expect(record.verdict).toBe(verdict);
      }
      await call('session_ended');
    },

    async 'resolves the address of the target'({ open }) {
      await using plugin = await open({ config });
      const { call } = plugin.startSession();
      await call('authenticate');
      const to = (server_ip: string, group: string) => call('authorize', { server_ip, gateway_groups: [group] });
      expect((await to('127.0.0.1', 'staff')).record.verdict).toBe('ACCEPT');
      expect((await to('127.0.0.1', 'dba')).record.verdict).toBe('DENY');
      expect((await to('::1', 'staff')).record.verdict).toBe('DENY');
      await call('session_ended');
    },

    async 'denies all when nothing is configured'({ open }) {
      await using plugin = await open({ config: '' });
      const { call } = plugin.startSession();
      expect((await call('authenticate')).record.verdict).toBe('ACCEPT');
      await call('authorize', { server_hostname: 'db1.acme.test', gateway_groups: ['dba'] });
    },
  },
};
