import { availableParallelism } from 'node:os';
import pTimeout from 'p-timeout';
import { type ChildLimits, ChildProcess } from './child-process.ts';
import { ForkServer, type ForkServerCommand } from './fork-server.ts';
import { InstalledFolders } from './installed-folders.ts';

/** How many workers wait for work at first. */
const readyCount = 2;

/** So many stations are kept once that many calls were made at once. */
const keptStations = Math.max(readyCount, 2 * availableParallelism());

/** With all those at work, calls wait for them; when none has come free for so many milliseconds, those that wait get stations of their own. */
const hesitationMs = 20;

/** A server is replaced after so many workers: should its memory grow a little with each, it never adds up. */
const workersPerServer = 5000;

/** After so many servers in a row that ended before they were ready it is no use to start another. */
const patience = 3;

/** Longest wait for a worker of a server that is there, in milliseconds; a fresh process is faster than that. */
const workerPatienceMs = 2000;

type Taken = ChildProcess | undefined;

/** Keeps a fork server for one environment, and a few workers of it ready. */
export class ForkPool {
  readonly #command: ForkServerCommand;
  readonly #limits: ChildLimits;
  readonly #servers = new Set<ForkServer>();
  #server: ForkServer | undefined;
  #ready: ChildProcess[] = [];
  #waiting: ((worker: Taken) => void)[] = [];
  #hesitation: NodeJS.Timeout | undefined;
  /** Stations that were asked for and have, as far as can be told, brought no worker yet. */
  #coming = 0;
  #workers = 0;
  #stations = 0;
  #failures = 0;
  /** There once the server is ready. */
  #installed: InstalledFolders | undefined;

  constructor(command: ForkServerCommand, limits: ChildLimits) {
    this.#command = command;
    this.#limits = limits;
  }

  /** A worker that waits for its request; undefined when there is no server yet, or none can be had. */
  async take(): Promise<Taken> {
    this.#ensureServer();
    if (this.#installed === undefined) return undefined;
    const worker = this.#takeReady();
    if (worker !== undefined) return worker;
    if (this.#stations < keptStations) this.#addStation();
    const taken = this.#wait(workerPatienceMs);
    this.#hesitate();
    return await taken;
  }

  /** Resolves when workers can be taken, or when none ever can. */
  async warmUp(): Promise<void> {
    this.#ensureServer();
    if (this.#takeReadyCount() >= readyCount) return;
    const worker = await this.#wait();
    if (worker?.isWaiting === true) this.#ready.unshift(worker);
  }

  /** How many modules the server holds ready; for tests that they are. */
  modules = 0;

  /** Ends all processes, those at work too. */
  async close(): Promise<void> {
    this.#failures = patience;
    this.#abandon();
    await Promise.all([...this.#servers].map((server) => server.close()));
  }

  #ensureServer(): void {
    const server = this.#server;
    const isStale = this.#installed?.hasChanged === true;
    if (server !== undefined && !server.isDead && !isStale && this.#workers < workersPerServer) return;
    if (server !== undefined) {
      this.#abandon();
      server.retire();
    }
    if (this.#failures < patience) this.#start();
  }

  #start(): void {
    this.#workers = 0;
    this.#stations = 0;
    this.#coming = 0;
    const server = new ForkServer(this.#command, {
      onReady: ({ modules, folders }) => {
        if (this.#server !== server) return;
        this.modules = modules;
        this.#installed = new InstalledFolders(folders);
        this.#failures = 0;
        for (let count = 0; count < readyCount; count += 1) this.#addStation();
      },
      onWorker: (start) => {
        this.#receive(server, new ChildProcess(start, this.#limits));
      },
      onDead: () => {
        if (this.#server !== server) return;
        if (this.#installed === undefined) this.#failures += 1;
        this.#abandon();
      },
    });
    this.#server = server;
    this.#servers.add(server);
    void server.gone.then(() => this.#servers.delete(server));
  }

  #receive(server: ForkServer, worker: ChildProcess): void {
    worker.park();
    if (this.#server !== server || (this.#stations > keptStations && this.#waiting.length === 0)) {
      if (this.#server === server) this.#stations -= 1;
      void worker.discard();
      return;
    }
    this.#workers += 1;
    const resolve = this.#waiting.shift();
    this.#stopHesitating();
    this.#coming = this.#waiting.length === 0 ? 0 : Math.max(0, this.#coming - 1);
    if (this.#waiting.length > 0) this.#hesitate();
    if (this.#waiting.length === 0) server.hold(false);
    if (resolve === undefined) this.#ready.push(worker);
    else resolve(worker);
  }

  #hesitate(): void {
    this.#hesitation ??= setTimeout(() => {
      this.#stopHesitating();
      while (this.#coming < this.#waiting.length) this.#addStation();
    }, hesitationMs);
  }

  #stopHesitating(): void {
    clearTimeout(this.#hesitation);
    this.#hesitation = undefined;
  }

  #addStation(): void {
    this.#stations += 1;
    this.#coming += 1;
    this.#server?.addStation();
  }

  #takeReadyCount(): number {
    this.#ready = this.#ready.filter(({ isWaiting }) => isWaiting);
    return this.#ready.length;
  }

  #takeReady(): Taken {
    return this.#takeReadyCount() > 0 ? this.#ready.shift() : undefined;
  }

  #wait(milliseconds?: number): Promise<Taken> {
    const server = this.#server;
    if (server === undefined || server.isDead) return Promise.resolve(undefined);
    server.hold(true);
    const { promise, resolve } = Promise.withResolvers<Taken>();
    this.#waiting.push(resolve);
    if (milliseconds === undefined) return promise;
    return pTimeout(promise, {
      milliseconds,
      fallback: () => {
        this.#waiting = this.#waiting.filter((each) => each !== resolve);
        return undefined;
      },
    });
  }

  /** Nothing more is expected of the present server. */
  #abandon(): void {
    this.#installed?.close();
    this.#installed = undefined;
    this.#server = undefined;
    this.#stopHesitating();
    for (const worker of this.#ready.splice(0)) void worker.discard();
    for (const resolve of this.#waiting.splice(0)) resolve(undefined);
  }
}
