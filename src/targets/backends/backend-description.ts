import type { HttpDescription } from '../description/target-description.ts';
import type { RadiusDescription } from '../radius/radius-description.ts';

/** A system that a program asks, described: one of `http` and `radius`. Source: product contract §11. */
export interface BackendDescription {
  /** As the program's configuration names it, without a port. */
  address: string;
  /** The one that it answers on. Default: every port. */
  port?: number;
  http?: HttpDescription;
  radius?: RadiusDescription;
}
