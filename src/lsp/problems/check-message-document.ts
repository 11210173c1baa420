import path from 'node:path';
import { PluginHostError } from '../../base/plugin-host-error.ts';
import { readYaml, toProblems } from '../../documents/read-yaml-file.ts';
import { askPoint } from '../../kvgroup/points/find-point.ts';
import type { Point } from '../../kvgroup/points/point.ts';
import { MessageStream } from '../../kvgroup/reading/message-stream.ts';
import { parseMessage } from '../../kvgroup/reading/parse-message.ts';
import { readMessages } from '../../kvgroup/running/read-messages.ts';
import { checkExpectation } from '../../kvgroup/testing/read-expectation.ts';
import { checkMessages } from '../../kvgroup/validation/check-messages.ts';
import type { EditedDocument, TextProblem } from '../documents/edited-document.ts';

const expectHint = 'See docs/kvgroup.md for what expect.yaml may hold.';

/** The grammar, and in a test of a known point the rules of its messages. */
export function checkMessageDocument(document: EditedDocument): TextProblem[] {
  const bytes = Buffer.from(document.text);
  const { point, direction, items } = roleOf(document);
  if (point !== undefined && direction !== undefined) {
    const input = direction === 'output' ? inputOf(document, items) : [];
    return checkMessages(point, direction, bytes, input).map((each) => (direction === 'input' ? asInput(each) : each));
  }
  if (items !== document.file) return parseMessage(bytes).diagnostics.map(toProblem);
  const stream = new MessageStream();
  return [...stream.push(bytes), ...stream.finish()].flatMap(({ diagnostics }) => diagnostics.map(toProblem));
}

/** `expect.yaml` of a folder with messages; another file of this name is none of ours. */
export function checkExpectDocument({ file, text, textOf }: EditedDocument): TextProblem[] {
  const isTest = ['input.kvg', 'expected.kvg'].some((name) => textOf(besides(file, name)) !== undefined);
  if (!isTest) return [];
  const yaml = readYaml(text);
  const { expectation, problems } = checkExpectation(yaml);
  const found = toProblems('EXPECT_INVALID', file, problems, expectHint);
  if (expectation.point === undefined) return found;
  const asked = askPoint(String(expectation.point));
  if (!(asked instanceof PluginHostError)) return found;
  const place = yaml.place({ keys: ['point'], message: asked.message });
  return [...found, { level: 'error', code: asked.code, hint: asked.hint, ...place }];
}

/** The product sends whole inputs; that of a test may leave out what its plugin does not read. */
function asInput(problem: TextProblem): TextProblem {
  return problem.code === 'KEY_MISSING' ? { ...problem, level: 'warning' } : problem;
}

interface Role {
  point: Point | undefined;
  direction: 'input' | 'output' | undefined;
  /** Absolute; the file with the messages that follow the input. */
  items: string | undefined;
}

function roleOf({ file, textOf }: EditedDocument): Role {
  const name = path.basename(file);
  const text = textOf(besides(file, 'expect.yaml'));
  const { expectation = {} } = text === undefined ? {} : checkExpectation(readYaml(text));
  const point = expectation.point === undefined ? undefined : askPoint(String(expectation.point));
  const direction = name === 'input.kvg' ? 'input' : name === 'expected.kvg' ? 'output' : undefined;
  return {
    point: point instanceof PluginHostError ? undefined : point,
    direction,
    items: expectation.items === undefined ? undefined : besides(file, expectation.items),
  };
}

/** Of the input beside it and what follows that, for what an answer must have in common with it. */
function inputOf({ file, textOf }: EditedDocument, items: string | undefined): ReturnType<typeof readMessages> {
  const texts = [besides(file, 'input.kvg'), ...(items === undefined ? [] : [items])].flatMap(
    (each) => textOf(each) ?? [],
  );
  try {
    return texts.flatMap((text) => readMessages(Buffer.from(text), 'input', { mayBeEmpty: true }));
  } catch {
    return []; // its own problems are told where it is edited
  }
}

function besides(file: string, name: string): string {
  return path.resolve(path.dirname(file), name);
}

function toProblem({ hint = '', ...problem }: ReturnType<typeof parseMessage>['diagnostics'][number]): TextProblem {
  return { ...problem, hint };
}
