/** What compiles of a call, and what does not; `npm run check:types` reads it, nothing runs it. */
import { expectTypeOf } from 'vitest';
import {
  type CallRecord,
  type HookName,
  type Json,
  type JsonObject,
  openPlugin,
  openSession,
} from '../../src/index.ts';
import type { AuthenticateArguments, Cookie, GetPasswordListResult } from '../../src/plugin.ts';

declare const someHook: string;
declare const knownHook: HookName;
declare const anyJson: JsonObject;
declare const all: AuthenticateArguments;
declare const part: Partial<AuthenticateArguments>;
declare const kept: Cookie;

const plugin = await openPlugin('folder');
const session = await openSession({ aa: plugin });

for (const { call } of [plugin, session]) {
  // A hook is known by its name, its arguments by theirs.
  await call('authenticate');
  await call('authenticate', { gateway_user: 'wsmith', key_value_pairs: { otp: '123456' } });
  await call('authenticate', { gateway_user: undefined });
  await call('authenticate', { gateway_user: null });
  await call('authenticate', all);
  await call('authenticate', part);
  await call('get_password_list', { cookie: kept, session_cookie: { seen: ['a', { b: 1 }] } });
  // @ts-expect-error -- no hook
  await call('authenticat');
  // @ts-expect-error -- no hook, whatever its arguments
  await call('get_passwords', { server_username: 'root' });
  // @ts-expect-error -- no argument of any hook
  await call('authenticate', { gateway_usr: 'wsmith' });
  // @ts-expect-error -- an argument of another hook
  await call('authenticate', { gateway_groups: [] });
  // @ts-expect-error -- a text is no number
  await call('authenticate', { client_port: '22' });
  // @ts-expect-error -- the address is never null
  await call('get_password_list', { server_ip: null });
  // @ts-expect-error -- a set is no JSON
  await call('authenticate', { cookie: { seen: new Set([1]) } });

  // A name from elsewhere takes any data.
  await call(someHook);
  await call(someHook, { anything: [1, null], nothing: undefined });
  await call(someHook, anyJson);
  await call(knownHook);
  for (const [name, kwargs] of [['authenticate', {}] as [string, JsonObject]]) await call(name, kwargs);
  // @ts-expect-error -- but no other than data
  await call(someHook, { anything: () => 1 });

  // What it gives is what the hook returns, and belongs to who gets it.
  const found = await call('get_password_list');
  if (found.outcome.kind === 'returned') {
    expectTypeOf(found.outcome.value?.passwords).toEqualTypeOf<string[] | undefined>();
    expectTypeOf(found.outcome.value?.cookie).toEqualTypeOf<JsonObject | undefined>();
    expectTypeOf(found.outcome.value).toExtend<GetPasswordListResult | null>();
    // @ts-expect-error -- no key of its result
    found.outcome.value?.password satisfies unknown;
  }
  expectTypeOf(found.hook).toEqualTypeOf<'get_password_list'>();

  const asked = await call('authenticate');
  if (asked.outcome.kind === 'returned' && asked.outcome.value?.verdict === 'NEEDINFO') {
    expectTypeOf(asked.outcome.value.question[0]).toEqualTypeOf<string>();
    // @ts-expect-error -- only who accepts says who the user is
    asked.outcome.value.gateway_user satisfies unknown;
  }

  const ended = await call('session_ended');
  if (ended.outcome.kind === 'returned') expectTypeOf(ended.outcome.value).toEqualTypeOf<Json>();

  const other = await call(someHook);
  if (other.outcome.kind === 'returned') expectTypeOf(other.outcome.value).toEqualTypeOf<Json>();

  // The record of any hook is one of those that a function for records takes.
  expectTypeOf([found, asked, ended, other]).toExtend<CallRecord[]>();
}

await plugin.call('authenticate', {}, { connection: 'rdp', cookie: kept, sessionCookie: anyJson });
await session.call('session_ended', {}, { plugin: 'aa' });
// @ts-expect-error -- no connection
await plugin.call('authenticate', {}, { connection: 'rpd' });
