import type { Place, SdkClass } from '../plugin/sdk-class.ts';
import { readWord, type ReplyLine } from './shim-request.ts';

/** What a call showed about the plugin's code, where it matters. */
export interface Doubts {
  /** Where the hook is defined, when it decides and returned nothing. */
  place?: Place | null;
  /** When the SDK's own method is used instead of one that the plugin should define. */
  sdk?: SdkClass | null;
  /** Where a constructor is defined that does not take the configuration text. */
  construction?: Partial<Place>;
}

/** The plugin may have written on the channel itself: what does not have the shape of a doubt is ignored. */
export function readDoubts(lines: readonly ReplyLine[]): Doubts {
  const words = lines.filter(({ tag }) => tag === 'doubts').map((line) => readWord(line));
  const { place, sdk, construction } = Object.assign({}, ...words) as Record<string, unknown>;
  return {
    ...(isPlace(place) ? { place } : {}),
    ...(isSdkClass(sdk) ? { sdk } : {}),
    ...(isMapping(construction) ? { construction: isPlace(construction) ? construction : {} } : {}),
  };
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPlace(value: unknown): value is Place {
  return (
    isMapping(value) && typeof value['file'] === 'string' && (value['line'] === null || Number.isInteger(value['line']))
  );
}

function isSdkClass(value: unknown): value is SdkClass {
  if (!isMapping(value)) return false;
  const { methods, own, place } = value;
  return (
    Array.isArray(methods) &&
    methods.every((each) => typeof each === 'string') &&
    isMapping(own) &&
    Object.values(own).every((each) => each === null || isPlace(each)) &&
    (place === null || isPlace(place))
  );
}
