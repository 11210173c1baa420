import type { ValueFault } from '../../base/problem.ts';
import { checkTargetKind } from '../../targets/description/check-target.ts';
import { faultAt } from '../../targets/description/fault-at.ts';
import { layTarget } from '../../targets/description/lay-target.ts';
import type { TargetDescription } from '../../targets/description/target-description.ts';
import { plainName } from '../../targets/running/find-target.ts';
import { defaultAddress } from '../../targets/running/start-target.ts';

type Keys = ValueFault['keys'];

/** A target with the keys that lead to it in its file. */
export interface PlacedTarget {
  keys: Keys;
  target: TargetDescription;
  /** Whether it is the only one that is described there. */
  isOnly: boolean;
}

interface Given {
  target?: TargetDescription;
  targets?: TargetDescription[];
}

/** The targets that a file or a case describes, each with its place. */
export function targetsOf(keys: Keys, { target, targets = [] }: Given): PlacedTarget[] {
  const single = target === undefined ? [] : [{ keys: [...keys, 'target'], target }];
  const several = targets.map((each, index) => ({ keys: [...keys, 'targets', index], target: each }));
  const all = [...single, ...several];
  return all.map((each) => ({ ...each, isOnly: all.length === 1 }));
}

/**
 * The targets of a case: each of its own is laid over that of the file with its address, one without an address over the first, a single one
 * over a single one; others are added.
 */
export function layTargets(
  below: readonly PlacedTarget[],
  over: readonly PlacedTarget[],
): { targets: TargetDescription[]; faults: ValueFault[] } {
  const laid = below.map((each) => ({ ...each }));
  for (const each of over) {
    const base = findBase(laid, each);
    if (base === undefined) laid.push({ ...each });
    else Object.assign(base, { keys: each.keys, target: layTarget(base.target, each.target) });
  }
  return { targets: laid.map(({ target }) => target), faults: [...laid.flatMap(checkKind), ...findRivals(laid)] };
}

function findBase(laid: readonly PlacedTarget[], { target, isOnly }: PlacedTarget): PlacedTarget | undefined {
  const [first] = laid;
  if (target.address === undefined || (isOnly && first?.isOnly === true)) return first;
  return laid.find(
    ({ target: { address = defaultAddress, port } }) =>
      isSameName(address, target.address) && (target.port === undefined || target.port === port),
  );
}

function checkKind({ keys, target }: PlacedTarget): ValueFault[] {
  return checkTargetKind(keys, target);
}

/** Of two that claim the same, the second would never be reached. */
function findRivals(laid: readonly PlacedTarget[]): ValueFault[] {
  return laid.flatMap(({ keys, target: { address = defaultAddress, port } }, index) => {
    const rival = laid
      .slice(0, index)
      .find(
        ({ target: other }) => isSameName(other.address, address) && (other.port === undefined || other.port === port),
      );
    if (rival === undefined) return [];
    return [faultAt(keys, `another target claims ${address} too; give this one an address or each of them a port`)];
  });
}

function isSameName(one = defaultAddress, other = defaultAddress): boolean {
  return plainName(one) === plainName(other);
}
