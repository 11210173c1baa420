import type { Value } from '../values/value.ts';

export interface StatusEntry {
  t: number;
  type: string;
  percent: number | null;
  name: string;
  parameters: Value[];
  /** In our words: the appliance's are not published. */
  text: Value;
}

export interface LogEntry {
  t: number;
  text: Value;
  path: string;
}

/** What a discovery found: names of properties to values. */
export type DiscoveredRecord = ReadonlyMap<string, Value>;

export const recordKinds = ['accounts', 'services', 'sshKeys', 'assets'] as const;
export type RecordKind = (typeof recordKinds)[number];

/** What a run gives besides its result. */
export class RunRecord {
  readonly status: StatusEntry[] = [];
  readonly log: LogEntry[] = [];
  readonly discovered: Record<RecordKind, DiscoveredRecord[]> = { accounts: [], services: [], sshKeys: [], assets: [] };
  /** Undefined until there is one. */
  response: Value | undefined;
  readonly emulationNotes = new Set<string>();
  /** Doubtful things that turned up, each once: what it is, and where it was first seen; the steps of a library have no offset. */
  readonly warnings = new Map<string, { code: string; message: string; path: string; offset: number | undefined }>();
  steps = 0;
}
