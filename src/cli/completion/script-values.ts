import { readFileSync } from 'node:fs';
import { readScript } from '../../platform/script/read-script.ts';
import { type Block, operationsOf } from '../../platform/script/script.ts';
import type { Found } from './propose.ts';
import type { Typed } from './read-typed.ts';

const secretSources = ['env:', 'file:', 'prompt', 'fd:'];

/** What `platform run FILE OPERATION` takes: it stands in the script. */
export const scriptValues = {
  operations: (typed: Typed): Found => ({ candidates: readOperations(typed).map(({ name }) => ({ word: name })) }),

  /** `--set NAME=` */
  parameters: (typed: Typed): Found => ({ ...listParameters(typed), isOpen: true }),

  /** `--secret NAME=env:VAR` */
  secrets: (typed: Typed, current: string): Found => {
    const [name] = /^\w+=/.exec(current) ?? [];
    if (name === undefined) return { ...listParameters(typed), isOpen: true };
    if (current.startsWith(`${name}file:`)) return { paths: 'files', prefix: `${name}file:` };
    return { candidates: secretSources.map((each) => ({ word: name + each })), isOpen: true };
  },
};

function listParameters(typed: Typed): Found {
  const [, operation] = typed.plain;
  const found = readOperations(typed).find(({ name }) => name.toLowerCase() === operation?.toLowerCase());
  const parameters = found?.parameters ?? [];
  return { candidates: parameters.map(({ name, description }) => ({ word: `${name}=`, about: description })) };
}

function readOperations({ plain: [file = ''] }: Typed): Block[] {
  const { script } = readScript(readFileSync(file, 'utf8'));
  return script === undefined ? [] : operationsOf(script);
}
