import { readdirSync } from 'node:fs';
import path from 'node:path';
import { makeTemporaryFolder } from '../../process/folders/make-temporary-folder.ts';
import { removeFolder } from '../../process/folders/remove-folder.ts';
import { type HostOptions, resolveHost } from '../call/resolve-host.ts';
import { type Member, openMember } from '../session/open-member.ts';
import type { PolicySubject } from './open-policy-subject.ts';
import type { OpenedSubject } from './opened-subject.ts';
import type { TestSubject } from './read-test-file.ts';

interface OpenedMember extends Pick<OpenedSubject, 'place'> {
  member: Member;
}

/** The plugins of a run of tests, each opened once whatever it is configured with: its processes are made for one call each. */
export class TestPlugins implements AsyncDisposable {
  readonly #options: HostOptions;
  readonly #members = new Map<string, Promise<OpenedMember>>();
  readonly #policies = new Map<string, Promise<PolicySubject>>();
  readonly #stateFolders: string[] = [];
  readonly #cleanFolders: string[] = [];

  constructor(options: HostOptions) {
    this.#options = options;
  }

  /** @throws PluginHostError as `openMember` and `openPolicySubject` */
  async open({ plugin, policy }: TestSubject): Promise<OpenedSubject> {
    if (policy !== undefined) return this.#openPolicy(policy);
    const { member, place } = await this.#openPlugin(plugin);
    return {
      place,
      prepare: (step) => ({ member, step }),
      provide: (host) => ({ host, problems: [] }),
    };
  }

  async #openPlugin(plugin: string): Promise<OpenedMember> {
    const file = path.resolve(this.#options.currentFolder, plugin);
    const opening = this.#members.get(file) ?? this.#open(file);
    this.#members.set(file, opening);
    return opening;
  }

  /**
   * For one case: every session of the appliance has an id of its own, so no case finds what another one left. It is removed with the run. One that
   * comes back unchanged is used again: making a folder takes longer than checking it.
   */
  takeStateFolder(): string {
    const clean = this.#cleanFolders.pop();
    if (clean !== undefined) return clean;
    const folder = makeTemporaryFolder();
    this.#stateFolders.push(folder);
    return folder;
  }

  giveBack(folder: string): void {
    if (hasNoFile(folder)) this.#cleanFolders.push(folder);
  }

  /** Ends the waiting processes. */
  async [Symbol.asyncDispose](): Promise<void> {
    const opened = await Promise.allSettled(this.#members.values());
    await Promise.all(opened.flatMap((each) => (each.status === 'fulfilled' ? [each.value.member.shims.close()] : [])));
    const policies = await Promise.allSettled(this.#policies.values());
    await Promise.all(policies.flatMap((each) => (each.status === 'fulfilled' ? [each.value.close()] : [])));
    for (const folder of this.#stateFolders) removeFolder(folder);
  }

  async #openPolicy(name: string): Promise<PolicySubject> {
    const opening = this.#policies.get(name) ?? this.#openPolicyOnce(name);
    this.#policies.set(name, opening);
    return opening;
  }

  async #openPolicyOnce(name: string): Promise<PolicySubject> {
    const { openPolicySubject } = await import('./open-policy-subject.ts'); // with SQLite
    const place = await resolveHost('.', this.#options);
    const subject = await openPolicySubject(name, place, this.#options);
    await Promise.all(Object.values(subject.members).map(({ shims }) => shims.warmUp()));
    return subject;
  }

  async #open(file: string): Promise<OpenedMember> {
    const place = await resolveHost(file, this.#options);
    const member = await openMember(file, { ...this.#options, sessionStateDir: place.stateDir, force: false });
    await member.shims.warmUp();
    return { member, place };
  }
}

/** State directories lie two folders deep; whatever else is there was left by a plugin or its services. */
function hasNoFile(folder: string, depth = 2): boolean {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.every((each) => each.isDirectory() && depth > 0 && hasNoFile(path.join(folder, each.name), depth - 1));
}
