import { readFileSync, writeFileSync } from 'node:fs';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { describeFileFault } from '../../documents/describe-file-fault.ts';
import { type Replacement, replaceYamlValues } from '../../documents/replace-yaml-values.ts';
import type { Mismatch } from '../compare-value.ts';
import { type LeftAlone, updateExpectation, type UpdateSubject } from './update-expectation.ts';

interface KnownFile {
  original: string;
  written: string;
  replacements: readonly Replacement[];
}

export interface Updated {
  /** What differs still. */
  left: LeftAlone[];
  /** What came is in the file now. */
  isWritten: boolean;
}

/** Writes what came over what failing expectations say, into the files of one run of tests: each time at once, and nothing else of a file changes. */
export class ExpectationWriter {
  readonly #files = new Map<string, KnownFile>();

  /**
   * @param file Absolute
   * @param above Keys that lead to the expectation
   * @throws PluginHostError FILE_UNWRITABLE
   */
  update(file: string, above: Mismatch['keys'], subject: UpdateSubject): Updated {
    const known = this.#read(file);
    let text = known.written;
    const left = updateExpectation(subject, ({ keys, value }) => {
      const replacements = add(known.replacements, { keys: [...above, ...keys], value });
      const changed = replaceYamlValues(known.original, replacements);
      if (changed === undefined) return false;
      known.replacements = replacements;
      text = changed;
      return true;
    });
    const isWritten = text !== known.written;
    if (isWritten) this.#save(file, known, text);
    return { left, isWritten };
  }

  #read(file: string): KnownFile {
    const known = this.#files.get(file);
    const text = readFileSync(file, 'utf8');
    if (known?.written === text) return known;
    if (known !== undefined) throw unwritable(file, 'it was changed while the tests ran');
    const read = { original: text, written: text, replacements: [] };
    this.#files.set(file, read);
    return read;
  }

  #save(file: string, known: KnownFile, text: string): void {
    try {
      writeFileSync(file, text);
    } catch (cause) {
      throw unwritable(file, describeFileFault(cause), cause);
    }
    known.written = text;
  }
}

/** What is in the new one was written before, and is a part of it now. */
function add(all: readonly Replacement[], added: Replacement): Replacement[] {
  const isIn = ({ keys }: Replacement): boolean => added.keys.every((key, index) => key === keys[index]);
  return [...all.filter((each) => !isIn(each)), added];
}

function unwritable(file: string, why: string, cause?: unknown): PluginHostError {
  const hint = 'Run --update again when nothing else writes the file.';
  return new PluginHostError('FILE_UNWRITABLE', `${file}: ${why}`, { hint, cause });
}
