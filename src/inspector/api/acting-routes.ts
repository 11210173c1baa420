import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import type { HostOptions } from '../../sps/call/resolve-host.ts';
import { createPluginMasker } from '../../sps/plugin/plugin-secrets.ts';
import { choosePackages } from '../../sps/replay/choose-packages.ts';
import { endStored } from '../../sps/replay/end-stored.ts';
import { type FoundSession, findSession } from '../../sps/replay/find-session.ts';
import { replaySteps } from '../../sps/replay/replay-steps.ts';
import { toShownReplay } from '../../sps/replay/shown-replay.ts';
import type { StoredStep } from '../../sps/store/session-content.ts';
import { secretsOf, toShownSteps } from '../../sps/store/shown-step.ts';
import type { ApiCall, ApiContext, ApiRoute, Field } from './api-route.ts';
import { restoreConfiguration, restoreMasked } from './mask-input.ts';
import { asNotFound, requireStep } from './read-session.ts';
import { schemas } from './schemas.ts';

/** How long a request waits for a call that is under way. Source: inspector contract, status 409. */
const busyMs = 5000;

const ofSession: Record<string, Field> = {
  config: { description: 'Configuration text of the plugin instead of the recorded one', schema: { type: 'string' } },
  proxyTimeoutMs: {
    description: 'Instead of the recorded one; a plugin gets half',
    schema: { type: 'integer', minimum: 1, maximum: 2 ** 31 - 1 },
  },
};
const ofStep: Record<string, Field> = {
  kwargs: { description: 'Arguments that replace the recorded ones, key by key', schema: { type: 'object' } },
  answers: { description: 'Answers of the user that replace the recorded ones', schema: { type: 'object' } },
  ...ofSession,
};

/** What calls plugins or changes sessions. */
export const actingRoutes: readonly ApiRoute[] = [
  {
    method: 'POST',
    path: '/v1/sessions/{name}/replay',
    summary: 'Call every step again, as `session replay NAME --json`; nothing of it is kept',
    body: ofSession,
    answer: schemas.replay,
    run: replay,
  },
  {
    method: 'POST',
    path: '/v1/sessions/{name}/steps/{n}/replay',
    summary: 'Call one step again, as `session replay NAME N --json`; nothing of it is kept',
    body: ofStep,
    answer: schemas.replay,
    run: replay,
  },
  {
    method: 'POST',
    path: '/v1/sessions/{name}/end',
    summary: 'Call session_ended of each plugin that has not had it, as `session end NAME --json`',
    answer: schemas.ended,
    errors: ['SESSION_BUSY'],
    run: async (context, { params }) => {
      const { name = '' } = params;
      const { index, host, signal: closed } = context;
      await using session = await find(context, name);
      await requireFree(context, name);
      const waits = AbortSignal.any([closed, AbortSignal.timeout(busyMs)]);
      const all = await unlessBusy(name, waits, async () => {
        const held = await index.store.open(name, { signal: waits });
        await held.close(); // waits here, so that the call itself has all its time
        return ofPlugin(async () => {
          const plugins = await choosePackages(context.plugins, session.content.steps, host);
          return endStored({ name, session, plugins, given: host, force: false, signal: closed });
        });
      });
      const steps = toShownSteps(all, index.options).filter(({ n }) => n > session.content.steps.length);
      return { json: { session: name, steps } };
    },
  },
  {
    method: 'DELETE',
    path: '/v1/sessions/{name}',
    summary: 'Remove the session, as `session rm NAME --json`',
    answer: schemas.removed,
    errors: ['SESSION_BUSY'],
    run: async (context, { params }) => {
      const { name = '' } = params;
      await requireFree(context, name);
      const waits = AbortSignal.any([context.signal, AbortSignal.timeout(busyMs)]);
      await unlessBusy(name, waits, async () => {
        await context.index.store.remove(name, { signal: waits }).catch((error: unknown) => {
          throw asNotFound(error, name);
        });
      });
      return { json: { removed: name } };
    },
  },
];

async function replay(context: ApiContext, { params, body }: ApiCall): Promise<{ json: object }> {
  const { name = '', n } = params;
  const { index, host, signal } = context;
  await using session = await find(context, name);
  const { steps: all } = session.content;
  const steps =
    n === undefined
      ? all
      : [
          requireStep(
            all.find((each) => String(each.n) === n),
            name,
            n,
          ),
        ];
  const [first] = steps;
  const given: HostOptions = {
    ...host,
    ...(typeof body['proxyTimeoutMs'] === 'number' ? { proxyTimeoutMs: body['proxyTimeoutMs'] } : {}),
    ...(typeof body['config'] === 'string' ? { configuration: configurationOf(body['config'], first, all) } : {}),
  };
  const edits = first === undefined ? {} : editsOf(body['kwargs'], first, all);
  const { replays, secrets } = await ofPlugin(async () =>
    replaySteps({
      session,
      steps,
      plugins: await choosePackages(context.plugins, steps, host),
      given,
      edits,
      answers: isJsonObject(body['answers']) ? body['answers'] : {},
      force: false,
      signal,
    }),
  );
  const shown = replays.map((each) => toShownReplay(each, secrets, index.options));
  return { json: { session: name, equal: shown.every(({ equal }) => equal), steps: shown } };
}

function configurationOf(edited: string, step: StoredStep | undefined, all: readonly StoredStep[]): string {
  const recorded = step?.input?.configuration ?? undefined;
  return recorded === undefined ? edited : restoreConfiguration(edited, recorded, secretsOf(all));
}

function editsOf(edited: Json | undefined, { input, record }: StoredStep, all: readonly StoredStep[]): JsonObject {
  if (!isJsonObject(edited)) return {};
  const recorded = { ...record.kwargs, ...input?.kwargs };
  const { values, names } = secretsOf(all);
  const masked = createPluginMasker(values, names).json(recorded);
  return restoreMasked(edited, recorded, masked) as JsonObject;
}

async function find({ host }: ApiContext, name: string): Promise<FoundSession> {
  try {
    return await findSession(name, [], host);
  } catch (error) {
    throw asNotFound(error, name);
  }
}

/** @throws PluginHostError SESSION_BUSY when a living process runs the session */
async function requireFree({ index: { store } }: ApiContext, name: string): Promise<void> {
  try {
    if (!(await store.isRunning(await store.readFacts(name)))) return;
  } catch {
    return; // not there, or not readable
  }
  throw busy(name, 'a gateway that is running has it');
}

async function unlessBusy<T>(name: string, waits: AbortSignal, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error === waits.reason && (error as Error).name === 'TimeoutError') throw busy(name);
    throw error;
  }
}

function busy(name: string, why = 'a call of it is under way'): PluginHostError {
  return new PluginHostError('SESSION_BUSY', `${name}: ${why}`, {
    hint: 'Try again when it is over.',
  });
}

/** What a plugin is at fault for, such as a package that is gone, is not a fault of the address. */
async function ofPlugin<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof PluginHostError) || error.httpStatus >= 500) throw error;
    const { code, message, hint } = error;
    throw new PluginHostError(code, message, { hint, cause: error, fault: 'plugin' });
  }
}
