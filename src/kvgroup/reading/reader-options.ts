import type { Profile } from '../format/kv-message.ts';
import type { TreeLimits } from './tree-builder.ts';

export interface ReaderOptions extends TreeLimits {
  profile: Profile;
  /** Whether the header says V2.0. Then what only V2.0 has is not a deviation. */
  isV2: boolean;
  /** In a stream, a separator may end the message before first: in V2.0 without, in V1 with a warning. */
  follows?: 'v1' | 'v2' | undefined;
}
