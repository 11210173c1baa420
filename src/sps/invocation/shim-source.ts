import type { RequestProcess } from '../../process/request-process.ts';
import type { Plugin } from '../plugin/plugin.ts';
import type { RunnerSettings } from './runner-settings.ts';

export type Placed = Pick<Plugin, 'language' | 'isLegacy' | 'root'>;

/** An interpreter with the shim of its language, for one call. */
export interface TakenShim {
  child: RequestProcess;
  /** It has imported modules ahead, perhaps in a server that it was forked from: that may be at fault if it fails. */
  isPrepared: boolean;
}

/** Where calls get their interpreters from. */
export interface ShimSource {
  take: (plugin: Placed, settings: RunnerSettings) => Promise<TakenShim>;
}

/** A source that may keep some ready. */
export interface OpenedShims extends ShimSource {
  /** Resolves when the next call need not wait. */
  warmUp: () => Promise<void>;
  /** Ends the waiting ones. */
  close: () => Promise<void>;
}
