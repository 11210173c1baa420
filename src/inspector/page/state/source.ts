import type { Call, Element, ElementList, Info, Input, Replayed, ReplayEdits, Step, Summary } from './step.ts';

/** What a source tells while it is listened to. */
export interface Listener {
  session: (element: Element) => void;
  step: (session: string, step: Summary) => void;
  removed: (session: string) => void;
  started: (session: string, call: Call) => void;
  /** Everything has to be read again. */
  reset: () => void;
  connection: (state: Connection) => void;
}

export type Connection = 'live' | 'reconnecting' | 'ended' | 'exported file';

/** What went wrong, in words. */
export class Refusal extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Where the page has its data from: a server, or the file that it is in. @throws Refusal */
export interface Source {
  isFile: boolean;
  info: () => Promise<Info>;
  sessions: (q: string, offset: number) => Promise<ElementList>;
  element: (name: string) => Promise<Element>;
  steps: (name: string, from: number, limit: number) => Promise<{ total: number; steps: Summary[] }>;
  /** A step with more than `mostBytes` is cut. */
  step: (name: string, n: number) => Promise<{ step: Step; text: string }>;
  /** Where all of a step can be had as JSON. */
  addressOfStep: (name: string, n: number) => string;
  input: (name: string, n: number) => Promise<Input>;
  replay: (name: string, n: number | undefined, edits: ReplayEdits) => Promise<Replayed>;
  end: (name: string) => Promise<void>;
  remove: (name: string) => Promise<void>;
  /** Returns how to stop. */
  listen: (listener: Listener) => () => void;
}

/** More than this of a step would stop the page. */
export const mostBytes = 400_000;
