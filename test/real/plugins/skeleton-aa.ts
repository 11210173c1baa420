import { expect } from 'vitest';
import type { RealPlugin, WholeSession } from '../real-plugin.ts';

export const wholeSkeletonSession: WholeSession = {
  respond: () => ({ status: 404 }),
  configure: () =>
    '[skeleton]\nask_pass=yes\n[auth]\nprompt=Code?\n[question_1]\nprompt=Ticket\nkey=ticket\n' +
    '[usermapping source=explicit]\ngatewayuser=mapped\n[username_transform]\nappend_domain=acme.test\n',
  answers: { otp: '1', ticket: 'T-1' },
};

export const skeletonAa: RealPlugin = {
  warnings: [],
  sessions: {
    async 'accepts at once'({ open }) {
      await using plugin = await open({ config: '' });
      const session = plugin.startSession();
      expect((await session.call('authenticate')).record).toMatchObject({
        verdict: 'ACCEPT',
        cookie: { after: { username: 'gatewayuser', mfa_identity: 'gatewayuser' } },
      });
      expect((await session.call('authorize')).record.verdict).toBe('ACCEPT');
      expect((await session.call('session_ended')).value).toBe(null);
    },

    async 'asks for a password and its two questions, in turn'({ open }) {
      const config =
        '[skeleton]\nask_pass=yes\n[auth]\nprompt=Code?\ndisable_echo=yes\n[question_1]\nprompt=Ticket\nkey=ticket\n' +
        '[question_2]\nprompt=Why\nkey=why\ndisable_echo=no\n[usermapping source=explicit]\ngatewayuser=mapped\n' +
        '[username_transform]\nappend_domain=acme.test\n';
      await using plugin = await open({ config });
      const session = plugin.startSession();
      expect((await session.call('authenticate')).value).toMatchObject({ question: ['otp', 'Code? ', true] });
      expect((await session.call('authenticate', {}, { otp: '1' })).value).toMatchObject({
        question: ['ticket', 'Ticket ', true],
      });
      expect((await session.call('authenticate', {}, { ticket: 'T-1' })).value).toMatchObject({
        question: ['why', 'Why ', false],
      });
      expect((await session.call('authenticate', {}, { why: 'repair' })).record).toMatchObject({
        verdict: 'ACCEPT',
        cookie: { after: { mfa_identity: 'mapped@acme.test' } },
        sessionCookie: { after: { questions: { ticket: 'T-1', why: 'repair' } } },
      });
      expect((await session.call('authorize')).record.verdict).toBe('ACCEPT');
      await session.call('session_ended');
    },

    async 'asks the services of the appliance who the user is'({ open }) {
      const config =
        '[whitelist source=user_list]\nname=vips\n[ldap_server]\nname=ad\n' +
        '[usermapping source=ldap_server]\nuser_attribute=mail\n' +
        '[whitelist source=ldap_server_group]\nallow=no_user\nexcept=dba\n[skeleton]\nask_pass=yes\n';
      const users = { gatewayuser: { mail: 'g@acme.test' }, admin: { mail: 'a@acme.test' } };
      const groups = { dba: ['admin'] };
      await using plugin = await open({
        config,
        services: {
          host: { userLists: { vips: { default: 'none', except: ['boss'] } }, ldapServers: { ad: { users, groups } } },
          sdk: {
            userLists: { vips: { allow: 'no_user', except: ['boss'] } },
            ldapServers: { ad: { users, groups } },
          },
        },
      });
      for (const [gateway_user, verdict] of [
        ['boss', 'ACCEPT'],
        ['admin', 'ACCEPT'],
        ['gatewayuser', 'NEEDINFO'],
        ['stranger', 'NEEDINFO'],
      ] as const) {
        const { record } = await plugin.startSession().call('authenticate', { gateway_user });
        expect(record.verdict).toBe(verdict);
      }
    },

    async 'names the user where the gateway did not'({ open }) {
      await using plugin = await open({ config: '', connection: 'rdp' });
      expect((await plugin.startSession().call('authenticate')).value).toMatchObject({
        verdict: 'ACCEPT',
        gateway_user: 'gatewayuser',
        gateway_groups: [],
      });
    },

    async 'denies a connection without any user'({ open }) {
      await using plugin = await open({ config: '' });
      const session = plugin.startSession();
      const { record } = await session.call('authenticate', { gateway_user: null, server_username: null });
      expect(record.verdict).toBe('DENY');
      await session.call('session_ended');
    },

    async 'raises for a broken configuration'({ open }) {
      await using plugin = await open({ config: 'no section' });
      expect((await plugin.startSession().call('authenticate')).record.outcome).toMatchObject({
        kind: 'raised',
        phase: 'constructor',
        exception: 'configparser.MissingSectionHeaderError',
      });
    },
  },
};
