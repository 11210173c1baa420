import path from 'node:path';
import type { ValueFault } from '../../base/problem.ts';
import { tryReadText } from '../../documents/decode-text.ts';
import { renderKeys } from '../../documents/render-keys.ts';

/** What the parts of the settings need to be loaded. */
export interface Loading {
  problems: ValueFault[];
  /** Text of a file, empty with a problem when it cannot be read. */
  readFile: (keys: ValueFault['keys'], file: string) => string;
  fail: (keys: ValueFault['keys'], what: string) => void;
}

/** @param folder Absolute; files are relative to it. */
export function startLoading(folder: string): Loading {
  const problems: ValueFault[] = [];
  const fail: Loading['fail'] = (keys, what) => problems.push({ keys, message: `${renderKeys(keys)}: ${what}` });
  return {
    problems,
    fail,
    readFile(keys, file) {
      const read = tryReadText(path.resolve(folder, file), file);
      if ('text' in read) return read.text;
      fail(keys, read.fault);
      return '';
    },
  };
}
