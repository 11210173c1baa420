import type { RequestProcess } from '../../process/request-process.ts';
import type { Plugin } from '../plugin/plugin.ts';
import type { RunnerSettings } from './runner-settings.ts';

export type Placed = Pick<Plugin, 'language' | 'isLegacy' | 'root'>;

/** An interpreter with the shim of its language, for one call. */
export interface TakenShim {
  child: RequestProcess;
  /** It was forked from a server, which may be at fault when nothing comes of it. */
  isForked: boolean;
}

/** Where calls get their interpreters from. */
export interface ShimSource {
  take: (plugin: Placed, settings: RunnerSettings) => Promise<TakenShim>;
}

/** One that may hold some ready. */
export interface OpenedShims extends ShimSource {
  /** Resolves when the next call need not wait. */
  warmUp: () => Promise<void>;
  /** Ends what waits. */
  close: () => Promise<void>;
}
