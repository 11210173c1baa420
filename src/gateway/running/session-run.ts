import { systemClock } from '../../base/clock.ts';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { type Problem, warning } from '../../base/problem.ts';
import { shareBackends } from '../../sps/backends/share-backends.ts';
import type { Ending } from '../../sps/flow/ending.ts';
import { type EndedSession, runSession, type SessionPlan } from '../../sps/flow/run-session.ts';
import { SessionOver } from '../../sps/flow/session-over.ts';
import { inventStampedName } from '../../sps/recording/is-hidden-name.ts';
import { createStateOpener, type OpenState } from '../../sps/session/open-state.ts';
import { judgeUsermapping } from '../../sps/simulation/judge-usermapping.ts';
import { stepsOf, storedBy } from '../../sps/simulation/policy/steps-of.ts';
import type { ClientLogin } from '../client/client-login.ts';
import type { ArrivedClient } from '../client/gateway-listener.ts';
import { type Destination, shown } from '../destination/choose-destination.ts';
import type { Happening } from '../events/gateway-event.ts';
import { SessionSecrets } from '../events/session-secrets.ts';
import { showControls } from '../events/show-controls.ts';
import { RealTarget } from '../target/real-target.ts';
import { createClientUser } from './create-client-user.ts';
import { describeEnding } from './describe-ending.ts';
import { firstFacts } from './first-facts.ts';
import type { GatewaySettings } from './gateway-settings.ts';
import { hookArguments } from './hook-arguments.ts';
import { KeptFacts } from './kept-facts.ts';
import { learnFirst, withSecrets } from './learn-first.ts';
import { NotedProblems } from './noted-problems.ts';
import { passChannels } from './pass-channels.ts';
import { requireKept } from './require-kept.ts';
import type { SessionSurroundings } from './session-surroundings.ts';

export interface RunOptions extends SessionSurroundings {
  client: ArrivedClient;
  login: ClientLogin;
  /** As the client gave it. */
  loginName: string;
  destination: Destination;
  /** Of the method `password`. */
  password: string | undefined;
  /** Aborted with a SessionOver. */
  over: AbortSignal;
}

/** A session that is stored: the flow of its hooks with the client as its user and a real server as its target. */
export class SessionRun {
  readonly name: string;
  /** The target has let the user in, and the client knows it. */
  isConnected = false;
  readonly #options: RunOptions;
  readonly #secrets = new SessionSecrets();
  readonly #openState: OpenState;
  readonly #kept: KeptFacts;
  readonly #target: RealTarget;
  readonly #problems = new NotedProblems(({ level, code, message }) => {
    this.#tell({ event: 'problem', level, code, message });
  });
  #hook = '';
  #ended: Ending = 'plugin-error';
  #refusing: Promise<void> | undefined;

  constructor(options: RunOptions) {
    const { settings, destination, over, login } = options;
    this.#options = options;
    learnFirst(this.#secrets, options);
    const startedAt = systemClock();
    this.name = inventStampedName('ssh', startedAt);
    const { store, owner } = settings;
    const first = { origin: 'gateway', protocol: 'ssh', owner } as const;
    this.#openState = createStateOpener({ store, name: this.name, first });
    const facts = firstFacts(options, startedAt, this.#secrets);
    this.#kept = new KeptFacts(facts, this.#openState, this.#secrets, (error) => {
      this.#tell({ event: 'problem', level: 'error', code: 'NOT_STORED', message: String(error) });
    });
    this.#target = new RealTarget({
      destination,
      trusted: settings.trusted,
      signal: over,
      ask: async (prompt, echo) => {
        const answer = await login.ask(prompt, echo, over);
        if (!echo) this.#secrets.add([answer]);
        return answer;
      },
      onHostKey: (hostKey, known) => {
        facts.target.hostKey = hostKey;
        const { host, port } = destination;
        this.#tell({ event: 'target', host, port, hostKey, known });
      },
      onCredential: (kind, accepted) => {
        this.#tell({ event: 'credential', kind, accepted });
      },
      onProblem: (problem) => {
        this.#problems.add(problem);
      },
    });
  }

  #tell(happening: Happening): void {
    const time = systemClock().toISOString();
    const { event, ...others } = happening;
    const { onEvent, showsSecrets } = this.#options.settings;
    const shown = showsSecrets ? others : this.#secrets.json(others);
    onEvent({ time, event, session: this.name, ...shown } as never);
  }

  /** Resolves when it has ended and everything is kept. */
  async play(): Promise<void> {
    const { hardSignal, destination, loginName, settings } = this.#options;
    const { facts } = this.#kept;
    const login = settings.showsSecrets ? loginName : facts.login;
    this.#tell({ event: 'login', client: facts.client, login, user: destination.user, target: shown(destination) });
    await this.#kept.keep({});
    try {
      await using backends = await shareBackends(this.#options.settings.members); // as they are at their start
      const { stage } = await runSession(await this.#plan(backends.members));
      this.#problems.add(...stage.problems);
    } catch (error) {
      this.#noteFailure(error);
    }
    this.#target.destroy();
    await this.#refusing;
    if (!hardSignal.aborted) await this.#keepEnd(); // else whoever comes next ends it
  }

  async #plan(members: GatewaySettings['members']): Promise<SessionPlan> {
    const { settings, client, destination, over, hardSignal, slots, login } = this.#options;
    const { policy } = settings;
    const password = await this.#gatewayPassword();
    return {
      members: withSecrets(members, this.#secrets),
      connection: hookArguments(settings, client, destination, password),
      loginAnswers: destination.pairs,
      sessionName: this.name,
      openState: this.#openState,
      clock: systemClock,
      signal: hardSignal,
      hardSignal,
      firstStep: 1,
      ...(policy === undefined ? {} : { policySteps: stepsOf(policy), stored: storedBy(policy) }),
      user: createClientUser({
        login,
        over,
        host: destination.host,
        secrets: this.#secrets,
        onQuestion: (key, echo) => {
          this.#tell({ event: 'question', hook: this.#hook, key, echo });
        },
        onTyped: () => {
          this.#target.isTyped = true;
        },
      }),
      target: this.#target,
      passwordRequests: 1,
      mayLogIn: (stage) => policy === undefined || judgeUsermapping(stage, policy.usermapping).allowed !== false,
      use: (stage) => this.#use(stage),
      over,
      aroundCall: async (hook) => {
        this.#hook = hook;
        const release = client.clock.hold();
        const leave = await slots.take();
        return () => {
          release();
          leave();
        };
      },
      onStep: ({ step, secrets }) => {
        this.#secrets.add(secrets.values, secrets.names);
        const { n, plugin, hook, outcome, verdict } = step;
        const { kind, durationMs } = outcome;
        this.#tell({ event: 'hook', n, plugin: plugin.name, hook, kind, verdict, durationMs });
        requireKept(step, this.#problems);
      },
      onEnding: (ended, stage, failure) => {
        this.#noteEnding(ended, stage, failure);
      },
    };
  }

  /** Undefined: nobody asks for one. */
  async #gatewayPassword(): Promise<string | undefined> {
    const { settings, login, password, over } = this.#options;
    if (!settings.asksGatewayPassword) return undefined;
    const typed = password ?? (await login.ask('Gateway password: ', false, over));
    this.#secrets.add([typed]);
    return typed;
  }

  async #use(stage: EndedSession['stage']): Promise<Ending | undefined> {
    this.#problems.add(...stage.problems);
    const { client, login, over, settings } = this.#options;
    const { facts } = this.#kept;
    await this.#kept.keep({ connectedAt: systemClock().toISOString(), credential: this.#target.credential });
    const target = this.#target.client;
    if (target === undefined) return 'target-unreachable';
    over.throwIfAborted();
    client.clock.stop();
    this.isConnected = true;
    this.#tell({ event: 'connected' });
    login.accept();
    facts.reason = await passChannels({
      client: client.connection,
      target,
      settings,
      name: this.name,
      secrets: this.#secrets,
      over,
      onRecordingFault: (message) => {
        this.#problems.add(warning('RECORDING_CUT', message, 'Free space on its disk.'));
      },
      onChannel: (channel) => {
        void this.#kept.keep({ channels: [...facts.channels, channel] });
        this.#tell({ event: 'channel', ...channel });
      },
    });
    return undefined;
  }

  #noteEnding(ended: Ending, stage: EndedSession['stage'], failure: unknown): void {
    const { client, login, settings } = this.#options;
    const { fault, known } = this.#target;
    this.#ended = ended;
    this.#problems.add(...stage.problems);
    const { reason, text } = describeEnding({ ended, stage, failure, fault, known, explains: settings.explains });
    const masked = (words: string): string => showControls(this.#secrets.text(words));
    this.#kept.facts.reason ??= client.clock.isStruck ? 'login timeout' : masked(reason);
    // The client need not wait for session_ended.
    if (this.isConnected) client.connection.end();
    else this.#refusing = login.refuse(text === undefined ? undefined : masked(text));
  }

  /** The flow has told how it ended, unless it never began. */
  #noteFailure(error: unknown): void {
    if (error instanceof SessionOver) {
      this.#ended = error.ended;
      const word = error.ended === 'user-left' ? 'client left' : 'the gateway was stopped';
      this.#kept.facts.reason ??= this.#options.client.clock.isStruck ? 'login timeout' : word;
      return;
    }
    const { message } = error as Error;
    const { code, hint } = error instanceof PluginHostError ? error : { code: 'HOST_FAILED', hint: '' };
    this.#problems.add({ level: 'error', code: code as Problem['code'], message, hint });
  }

  async #keepEnd(): Promise<void> {
    const { facts } = this.#kept;
    const endedAt = systemClock();
    const shared = { ended: this.#ended, endedAt: endedAt.toISOString(), owner: null };
    await this.#kept.keep({ endedAt: shared.endedAt, problems: this.#problems.kept }, shared);
    const durationMs = endedAt.getTime() - Date.parse(facts.startedAt);
    this.#tell({ event: 'ended', ended: this.#ended, reason: facts.reason ?? this.#ended, durationMs });
  }
}
