import type { FilteredStep } from '../../filter/facets-of-step.ts';

/** What the API gives; its shapes are described by /v1/openapi.json. */
export interface Info {
  version: string;
  stateDir: string;
  masked: boolean;
  keep: number;
  sessions: number;
}

export interface Element {
  name: string;
  origin: string | null;
  ended: string | null;
  gatewayUser: string | null;
  gatewayGroups: string[] | null;
  protocol: string | null;
  gateway?: Mapping;
  createdAt: string;
  steps: number;
  lastHook: string | null;
  lastAt: string | null;
  problem: string | null;
  verdict: string | null;
  plugins: { name: string; version: string; type: string }[];
  durationMs: number;
  errors: number;
  slow: number;
}

export interface ElementList {
  total: number;
  matched: number;
  sessions: Element[];
}

export type Value = null | boolean | number | string | Value[] | Mapping;
export interface Mapping {
  [key: string]: Value;
}

export interface Problem {
  level: 'error' | 'warning' | 'info';
  code: string;
  message: string;
  hint: string;
  file?: string | null;
  line?: number | null;
}

interface Frame {
  file: string;
  line: number;
  name: string;
}

export interface Summary extends FilteredStep {
  n: number;
  startedAt: string;
  plugin: { name: string; version: string; type: string; api: string; language: string; path: string };
  session: string | null;
  outcome: FilteredStep['outcome'] & {
    phase: string;
    truncated: boolean;
    message?: string;
    traceback?: string;
    problem?: string;
    reply?: string;
    exitCode?: number | null;
    signal?: string | null;
    forced?: boolean;
    pluginTimeoutMs?: number;
    stack?: Frame[];
  };
  deadline: { proxyTimeoutMs: number; pluginTimeoutMs: number };
  problems: FilteredStep['problems'] & Problem[];
  question: { key: string; prompt: string; echo: boolean } | null;
  answer: string | null;
}

export interface CookieChange {
  before: Mapping;
  after: Mapping;
}

export interface Step extends Summary {
  kwargs: Mapping;
  outcome: Summary['outcome'] & { value?: Value; log: string };
  cookie: CookieChange;
  sessionCookie: CookieChange;
  cut?: { bytes: number };
}

export interface Input {
  kwargs: Mapping;
  configuration: string | null;
  python: string | null;
  api: string;
  spsVersion: string | null;
  packagePath: string | null;
}

export interface Call {
  n: number;
  hook: string;
  plugin: string;
  startedAt: string;
}

export interface ReplayedStep {
  n: number;
  hook: string;
  equal: boolean;
  differences: { path: string; change: string; recorded: Value; replayed: Value }[];
  recorded: Step;
  replayed: Step;
}

export interface Replayed {
  session: string;
  equal: boolean;
  steps: ReplayedStep[];
}

export interface ReplayEdits {
  kwargs?: Mapping;
  config?: string;
}
