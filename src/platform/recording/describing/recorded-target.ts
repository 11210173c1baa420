import type { TargetDescription } from '../../../targets/description/target-description.ts';
import type { Templater } from '../../../targets/recording/create-templater.ts';
import type { StandIns } from '../../../targets/recording/stand-ins.ts';
import type { RecordedCall } from '../observing/recorded-call.ts';
import type { Asked } from './session-description.ts';

/** A call as it was, and as it was made once more with stand-ins in the place of secrets. */
export interface PlayedCall<C extends RecordedCall = RecordedCall> {
  call: C;
  played: C;
  /** Which call it is of all. */
  at: number;
}

/** What a target is described from. */
export interface Material {
  /** For what the target gave: secrets become references. */
  templater: Templater;
  /** For what it was given when it was played: stand-ins become references. */
  namer: Templater;
  standIns: StandIns;
  /** What the references stand for. */
  values: Readonly<Record<string, string>>;
  scriptText: string;
}

/** A request as an expectation names it. */
export interface AskedRequest {
  method: string;
  path: string;
  query?: Record<string, string>;
  status: number | null;
}

/** Something that a target was asked, and by which call. */
export interface At<T> {
  at: number;
  asked: T;
}

/** A target, and what it was asked in order. */
export interface RecordedTarget {
  description: TargetDescription;
  requests: At<AskedRequest>[];
  commands: At<Asked>[];
  /** Whether the last input may have been cut off: nobody waited for what it would give. */
  isOpen: boolean;
}
