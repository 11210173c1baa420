import pTimeout from 'p-timeout';
import { type ChildLimits, RequestProcess } from '../request-process.ts';
import { ForkServer, type ForkServerCommand, type ForkServerEvents } from './fork-server.ts';
import { InstalledFolders } from './installed-folders.ts';
import { type Station, Stations } from './stations.ts';

/** Workers that are kept waiting: one is forked for each one that is taken. */
export const readyCount = 2;

/** Enough for the calls of a session: these are forked after so many milliseconds without a call, so that no call pays for it. */
export const quietReadyCount = 10;
const quietMs = 30;

/** Stations above this number are ended when the burst is over. */
const keptStations = quietReadyCount;

/** A server is replaced after so many workers: if its memory grows a little with each, it never adds up. */
const workersPerServer = 5000;

/** After this many servers in a row that ended before they were ready, no other one is started. */
const patience = 3;

/** Longest wait for a worker of a running server, in milliseconds; a fresh process is faster than that. */
const workerPatienceMs = 2000;

type Taken = RequestProcess | undefined;

type Server = Pick<ForkServer, 'isDead' | 'addStation' | 'hold' | 'retire' | 'close' | 'gone'>;

type StartForkServer = (command: ForkServerCommand, events: ForkServerEvents) => Server;

const startForkServer: StartForkServer = (command, events) => new ForkServer(command, events);

/** Keeps a fork server for one environment, and a few workers of it ready. */
export class ForkPool {
  readonly #command: ForkServerCommand;
  readonly #limits: ChildLimits;
  readonly #startServer: StartForkServer;
  readonly #servers = new Set<Server>();
  #server: Server | undefined;
  #ready: RequestProcess[] = [];
  #waiting: ((worker: Taken) => void)[] = [];
  #quiet: NodeJS.Timeout | undefined;
  #isQuiet = false;
  #workers = 0;
  #stations = new Stations();
  #failures = 0;
  /** Defined once the server is ready. */
  #installed: InstalledFolders | undefined;

  constructor(command: ForkServerCommand, limits: ChildLimits, startServer: StartForkServer = startForkServer) {
    this.#command = command;
    this.#limits = limits;
    this.#startServer = startServer;
  }

  /** A worker that waits for its request; undefined when no server can be started, or none is ready in time. */
  async take(): Promise<Taken> {
    this.#ensureServer();
    this.#disturb();
    const worker = this.#takeReady();
    const taken = worker ?? this.#wait(workerPatienceMs);
    this.#refill();
    return await taken;
  }

  /** Resolves when workers can be taken, or when none ever can. */
  async warmUp(): Promise<void> {
    this.#ensureServer();
    if (this.#countReady() >= readyCount) return;
    const worker = await this.#wait();
    if (worker?.isWaiting === true) this.#ready.unshift(worker);
  }

  /** How many modules the server holds ready; for tests that they are. */
  modules = 0;

  /** Ends all processes, also those at work. */
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
    const server = this.#startServer(this.#command, {
      onReady: ({ modules, folders }) => {
        if (this.#server !== server) return;
        this.modules = modules;
        this.#installed = new InstalledFolders(folders);
        this.#failures = 0;
        this.#refill();
      },
      onRest: (station) => {
        if (this.#server === server) this.#rest(station);
        else station.end();
      },
      onGone: (station) => {
        this.#stations.remove(station);
      },
      onWorker: (start, station) => {
        this.#stations.hasForked(station);
        this.#receive(server, new RequestProcess(start, this.#limits));
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

  #receive(server: Server, worker: RequestProcess): void {
    worker.park();
    if (this.#server !== server) {
      void worker.discard();
      return;
    }
    this.#workers += 1;
    const resolve = this.#waiting.shift();
    if (this.#waiting.length === 0) server.hold(false);
    if (resolve === undefined) this.#ready.push(worker);
    else resolve(worker);
    this.#shrink();
  }

  #rest(station: Station): void {
    this.#stations.rest(station);
    this.#refill();
    this.#shrink();
  }

  /** Has workers forked for the calls that wait, and for those to come. */
  #refill(): void {
    if (this.#installed === undefined) return;
    const ahead = this.#isQuiet ? quietReadyCount : readyCount;
    let missing = this.#waiting.length + ahead - this.#countReady() - this.#stations.expected;
    while (missing > 0 && this.#stations.fork()) missing -= 1;
    // If none rests, a waiting call gets a station of its own, and so do the first that wait for calls.
    const due = Math.max(this.#waiting.length, this.#stations.count === 0 ? readyCount : 0);
    for (let count = this.#stations.expected; count < due; count += 1) this.#addStation();
    for (; this.#isQuiet && missing > 0 && this.#stations.count < keptStations; missing -= 1) this.#addStation();
  }

  /** No call waits any more: the stations above the number that is kept end. */
  #shrink(): void {
    if (this.#waiting.length > 0) return;
    this.#stations.shrink(keptStations);
    while (this.#isQuiet && this.#countReady() > quietReadyCount) void this.#ready.pop()?.discard();
  }

  /** A worker is being taken. */
  #disturb(): void {
    this.#isQuiet = false;
    this.#quiet ??= setTimeout(() => {
      if (this.#isAtWork) {
        this.#quiet?.refresh();
        return;
      }
      this.#isQuiet = true;
      this.#refill();
      this.#shrink();
    }, quietMs).unref();
    this.#quiet.refresh();
  }

  /** A call runs, or waits for a worker: what is forked now would take its time. */
  get #isAtWork(): boolean {
    return this.#installed === undefined || this.#waiting.length > 0 || this.#stations.atWork > this.#countReady();
  }

  #addStation(): void {
    this.#stations.ask();
    this.#server?.addStation();
  }

  #countReady(): number {
    this.#ready = this.#ready.filter(({ isWaiting }) => isWaiting);
    return this.#ready.length;
  }

  #takeReady(): Taken {
    return this.#countReady() > 0 ? this.#ready.shift() : undefined;
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
        this.#stations.forgetAsked();
        return undefined;
      },
    });
  }

  /** The present server is given up. */
  #abandon(): void {
    this.#installed?.close();
    this.#installed = undefined;
    this.#server = undefined;
    this.#workers = 0;
    this.#stations.shrink(0);
    this.#stations = new Stations();
    clearTimeout(this.#quiet);
    this.#quiet = undefined;
    this.#isQuiet = false;
    for (const worker of this.#ready.splice(0)) void worker.discard();
    for (const resolve of this.#waiting.splice(0)) resolve(undefined);
  }
}
