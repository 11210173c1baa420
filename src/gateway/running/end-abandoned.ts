import { randomUUID } from 'node:crypto';
import { systemClock } from '../../base/clock.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import type { HostOptions } from '../../sps/call/resolve-host.ts';
import { endStored, type EndRequest } from '../../sps/replay/end-stored.ts';
import { createStateOpener, tellSession } from '../../sps/session/open-state.ts';
import type { CallSlots } from './call-slots.ts';
import type { GatewaySettings } from './gateway-settings.ts';

export interface AbandonedOptions {
  settings: GatewaySettings;
  stateDir: string;
  /** How a plugin is run that is not one of this gateway. */
  given: HostOptions;
  slots: CallSlots;
  signal: AbortSignal;
}

/**
 * Ends the sessions of gateways that were killed: session_ended with the stored cookies. What cannot be ended, as when its plugin is gone, waits
 * for the next gateway, and is told of.
 */
export async function endAbandoned(options: AbandonedOptions): Promise<void> {
  const { settings } = options;
  const names = await settings.store.orphans();
  await Promise.all(names.map((name) => endOne(name, options)));
}

async function endOne(name: string, options: AbandonedOptions): Promise<void> {
  const { settings, stateDir, given, slots, signal } = options;
  const { store, owner } = settings;
  const leave = await slots.take();
  try {
    const { origin } = await store.readFacts(name);
    if (origin !== 'gateway' || signal.aborted || !(await store.claim(name, owner))) return;
    await using session = {
      store,
      stateDir,
      imported: false,
      content: await store.readContent(name),
      [Symbol.asyncDispose]: keepOpen,
    };
    await endStored({ name, session, plugins: [], given, force: true, signal, reopen: reopenOf(settings) });
    const { ended, endedAt, gateway } = await store.readFacts(name);
    const time = systemClock().toISOString();
    const durationMs = Date.parse(endedAt ?? time) - Date.parse(session.content.createdAt);
    const reason = typeof gateway?.['reason'] === 'string' ? gateway['reason'] : 'the gateway was killed';
    settings.onEvent({ time, session: name, event: 'ended', ended: ended ?? 'gateway-stopped', reason, durationMs });
  } catch (error) {
    if (!(error instanceof PluginHostError)) throw error;
    await giveBack(name, options);
    const isMissing = ['PACKAGE_NOT_FOUND', 'HOOK_MISSING', 'HOOK_UNKNOWN'].includes(error.code);
    const code = isMissing ? 'PLUGIN_MISSING' : error.code;
    const time = systemClock().toISOString();
    settings.onEvent({ time, session: name, event: 'problem', level: 'error', code, message: error.message });
  } finally {
    leave();
  }
}

/** The store is that of the gateway. */
function keepOpen(): Promise<void> {
  return Promise.resolve();
}

/** To an owner that nobody is. */
async function giveBack(name: string, { settings: { store }, signal }: AbandonedOptions): Promise<void> {
  try {
    await tellSession(createStateOpener({ store, name }), { owner: randomUUID() }, { signal });
  } catch (error) {
    if (!(error instanceof PluginHostError)) throw error;
  }
}

/** The plugins of this gateway, run with the configuration that the session had. */
function reopenOf({ members }: GatewaySettings): NonNullable<EndRequest['reopen']> {
  return ({ record, input }) => {
    const member = Object.values(members).find(
      ({ plugin }) => plugin.type === record.plugin.type && plugin.name === record.plugin.name,
    );
    if (member === undefined) return undefined;
    const { plugin, host, shims } = member;
    const configuration = input?.configuration ?? host.configuration;
    return { plugin, host: { ...host, configuration }, shims, otherPython: undefined };
  };
}
