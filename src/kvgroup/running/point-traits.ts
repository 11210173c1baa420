import { resultKeyOf } from '../points/find-point.ts';
import type { Point, PointKind } from '../points/point.ts';

/** What must be known of a plugin point to run its plugin. */
export interface PointTraits {
  /** `03` */
  id: string;
  /** The setting by which it was asked for, in upper case: it tells FILTER USER PLUGIN from KEEP USER PLUGIN. Empty for the number. */
  asked: string;
  kind: PointKind;
  /** The key that says whether the run succeeded; `returnval` at the points of security questions. */
  retvalKey: string;
  isRetvalMandatory: boolean;
}

export function traitsOf(point: Point): PointTraits {
  const { id, setting = '', kind } = point;
  const { key = 'retval', isMandatory = false } = resultKeyOf(point) ?? {};
  return { id, asked: setting.toUpperCase(), kind, retvalKey: key, isRetvalMandatory: isMandatory };
}
