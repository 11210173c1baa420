import type { Profile } from '../format/kv-message.ts';
import type { TreeLimits } from './tree-builder.ts';

export interface ReaderOptions extends TreeLimits {
  profile: Profile;
  /** Whether the header says V2.0: what only that has is then no tolerance. */
  isV2: boolean;
  /** In a stream, a separator may end the message before first: of V2.0 without, of V1 with a warning. */
  follows?: 'v1' | 'v2' | undefined;
}
