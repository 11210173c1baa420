import type { Release } from '../sps/manifest/release.ts';
import type { Compat } from '../sps/policies/links/compat.ts';

export interface Profile {
  compat: Compat;
  release: Release;
}
