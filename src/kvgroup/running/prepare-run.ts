import { PluginHostError } from '../../base/plugin-host-error.ts';
import type { Problem } from '../../base/problem.ts';
import type { Limits } from '../../process/limits.ts';
import { makeFixture } from '../fixtures/make-fixture.ts';
import type { KvGroup } from '../format/kv-group.ts';
import { renderSetting } from '../points/find-point.ts';
import type { Point } from '../points/point.ts';
import { debuggedMs, type Debugging } from '../program/debugging.ts';
import { findProgram, type ProgramSettings } from '../program/find-program.ts';
import { validateMessage } from '../validation/validate-message.ts';
import { traitsOf } from './point-traits.ts';
import { readMessages } from './read-messages.ts';
import type { RunRequest } from './run-plugin.ts';

/** A text and the name of its file, for messages. */
export interface NamedText {
  name: string;
  bytes: Uint8Array;
}

export interface RunOrder extends Pick<RunRequest, 'settle' | 'taken' | 'timeoutMs' | 'strict'> {
  plugin: string;
  point: Point;
  /** The input; of a stream the context, with the items after it unless they are given apart. Default: a fixture of the point. */
  input?: NamedText | undefined;
  items?: NamedText | undefined;
  encoding?: 'utf-8' | 'cp1252' | undefined;
  settings: ProgramSettings;
  limits: Limits;
  signal?: AbortSignal | undefined;
  /** The plugin then has no deadline. */
  debugging?: Debugging | undefined;
}

/** Reports everything that is wrong before a run. @throws PluginHostError FILE_NOT_FOUND, INTERPRETER_MISSING, KVGROUP_INVALID, USAGE */
export function prepareRun(order: RunOrder): RunRequest {
  const { plugin, point, settings, limits, signal, encoding, settle, taken, strict, debugging } = order;
  const program = findProgram(plugin, settings);
  const { input, items } = readInput(order);
  return {
    traits: traitsOf(point),
    input,
    ...(items === undefined ? {} : { items }),
    ...(settle === undefined ? {} : { settle }),
    ...(taken === undefined ? {} : { taken }),
    ...(strict === undefined ? {} : { strict }),
    timeoutMs: debugging === undefined ? order.timeoutMs : debuggedMs,
    validate: (output, answered) => validateAnswer(point, output, answered),
    running: { program, limits, signal, encoding, debugging },
  };
}

function readInput({ point, input, items }: RunOrder): { input: KvGroup; items?: KvGroup[] } {
  const [first, ...rest] = input === undefined ? fixtureOf(point) : readMessages(input.bytes, input.name);
  if (first === undefined) throw new Error('a fixture has an input');
  const name = input?.name ?? 'fixture';
  if (items !== undefined) {
    // A fixture brings items of its own; a file of the user's would lose some.
    if (rest.length > 0 && input !== undefined) throw tooMany(name, 'with --items it may hold only the context');
    return { input: first, items: readMessages(items.bytes, items.name, { mayBeEmpty: true }) };
  }
  if (point.kind === 'filter' || point.kind === 'download') return { input: first, items: rest };
  if (rest.length > 0 && input !== undefined) {
    throw tooMany(name, `plugins of ${point.id} ${renderSetting(point)} get one`);
  }
  return { input: first };
}

function fixtureOf(point: Point): KvGroup[] {
  const { input, items } = makeFixture(point);
  return [input, ...items];
}

function tooMany(name: string, rule: string): PluginHostError {
  return new PluginHostError('KVGROUP_INVALID', `${name}: more than one KVGroup; ${rule}`, {
    hint: 'Put each into a file of its own.',
  });
}

/** Without what a missing return code would add: the class of the run says that already. */
function validateAnswer(point: Point, output: KvGroup, input: KvGroup): Problem[] {
  const { retvalKey } = traitsOf(point);
  const isMissing = !output.c.some((item) => 'k' in item && item.k === retvalKey);
  return validateMessage(point, 'output', output, { input }).filter(
    ({ path, message }) => path !== retvalKey && !(isMissing && path === '' && message.includes(retvalKey)),
  );
}
