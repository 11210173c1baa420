import { existsSync } from 'node:fs';
import path from 'node:path';
import type { ValueFault } from '../../base/problem.ts';
import { describeSchemaErrors } from '../../documents/describe-schema-errors.ts';
import type { PlacedFault } from '../../documents/read-placed-text.ts';
import { readYamlFile, type YamlFile } from '../../documents/read-yaml-file.ts';
import { checkMatchers } from '../../testing/check-matchers.ts';
import { type Expectation, expectationSchema } from './expectation-schema.ts';
import { validate } from './expectation-validator.ts';

export interface ReadExpectation {
  expectation: Expectation;
  /** Line of a key, from 1; undefined when it is not there. */
  lineOf: (key: string) => number | undefined;
  problems: PlacedFault[];
}

/** Reads `expect.yaml` of a folder; without one nothing is expected. */
export function readExpectation(folder: string): ReadExpectation {
  const file = path.join(folder, 'expect.yaml');
  if (!existsSync(file)) return { expectation: {}, lineOf: () => undefined, problems: [] };
  const yaml = readYamlFile(file);
  const { expectation, problems } = checkExpectation(yaml);
  return {
    expectation,
    lineOf: (key) => (key in expectation ? yaml.lineOf([key]) : undefined),
    problems,
  };
}

/** What the file says; nothing, when there is a problem. */
export function checkExpectation(yaml: YamlFile): { expectation: Expectation; problems: PlacedFault[] } {
  const value = yaml.value ?? {};
  const problems = yaml.problems.length > 0 ? yaml.problems : check(value).map(yaml.place);
  return { expectation: problems.length === 0 ? value : {}, problems };
}

function check(value: unknown): ValueFault[] {
  if (!validate(value)) {
    const errors = validate.errors ?? [];
    const described = errors.filter(({ keyword }) => keyword !== 'dependencies');
    const problems = describeSchemaErrors(described, expectationSchema);
    if (described.length < errors.length) {
      problems.push({ keys: ['taken'], message: 'taken belongs to settle: add settle: true' });
    }
    return problems;
  }
  return checkMatchers((value as Expectation).errmsg ?? null, ['errmsg'], { mustMatch: true });
}
