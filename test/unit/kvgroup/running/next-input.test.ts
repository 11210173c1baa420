import { describe, expect, test } from 'vitest';
import type { KvGroup, KvItem } from '../../../../src/kvgroup/format/kv-group.ts';
import { parseMessage } from '../../../../src/kvgroup/reading/parse-message.ts';
import { nextInput } from '../../../../src/kvgroup/running/next-input.ts';

function read(items: string): KvGroup {
  const { root, diagnostics } = parseMessage(`"" "" = { ${items} }`);
  if (root === undefined) throw new Error(JSON.stringify(diagnostics));
  return root;
}

function next(point: string, input: string, output: string, taken: string[] = []): KvItem[] | undefined {
  return nextInput(point, read(input), read(output), taken)?.c;
}

const resource = '"resource" "R1" = { "authorizationsRequired" = "1" "finalized" = "false" } "resource" "R2" = { }';
const request = `"request" "" = { "requestID" = "17" ${resource} }`;

describe('a profile ID', () => {
  test.each([
    ['that is free', '"try" = "a"', ['b']],
    ['that is forced', '"try" = "b" "forceUseID" = "true"', ['b']],
    ['that is none', '"retval" = "0"', ['b']],
  ])('%s settles', (_, output, taken) => {
    expect(next('03', '', output, taken)).toBeUndefined();
  });

  test('that is a conflict already is tried in vain again', () => {
    const conflict = '"conflict" "b" = { "conflictReason" = "reservation" }';
    expect(next('03', conflict, '"try" = "b"')).toEqual(read(conflict).c);
  });
});

describe('authorizers', () => {
  test('that change something are stored, and counted', () => {
    const extras = '"extras" "" = { "numrerun" = "0" "firstrun" = "true" }';
    const output = '"resource" "R1" = { "authorizationsRequired" = "2" "phase" "1" = { "authorizer" = "ann" } }';
    const changed = next('04', `${extras} ${request}`, output);
    expect(changed).toEqual(
      read(
        '"extras" "" = { "numrerun" = "1" "firstrun" = "false" } "request" "" = { "requestID" = "17" "resource" "R1" = ' +
          '{ "finalized" = "false" "authorizationsRequired" = "2" "phase" "1" = { "authorizer" = "ann" } } "resource" "R2" = { } }',
      ).c,
    );
  });

  test.each(['"retval" = "0"', '"resource" "R1" = { "authorizationsRequired" = "1" }'])(
    'that change nothing settle: %s',
    (output) => {
      expect(next('04', request, output)).toBeUndefined();
    },
  );
});

describe('a rewrite', () => {
  test.each([
    ['true', '"resource" "R1" = { }', ['R1']],
    ['true', '"retainResources" = "true" "resource" "R1" = { "finalized" = "true" }', ['R1', 'R2']],
    ['true', '"retainResources" = "true" "resource" "R2" = { "remove" = "true" }', ['R1']],
    ['true', '"retainResources" = "true" "resource" "" = { "operation" = "ACUA" }', ['R1', 'R2', '']],
    ['true', '"changed" = "false"', ['R1', 'R2']],
    ['auto', '"resource" "R1" = { }', ['R1']],
  ])('with rerun %s gets the request as changed by %s', (rerun, output, resources) => {
    const items = next('06', request, `"rerun" = "${rerun}" ${output}`);
    const [changed, firstRun] = items ?? [];
    expect(firstRun).toEqual({ k: 'firstrun', v: 'false' });
    const names = changed && 'c' in changed ? changed.c.flatMap((item) => ('c' in item ? [item.n] : [])) : [];
    expect(names).toEqual(resources);
  });

  test.each(['"changed" = "true"', '"rerun" = "false"', '"rerun" = "auto" "changed" = "false"'])(
    'settles with %s',
    (output) => {
      expect(next('06', request, output)).toBeUndefined();
    },
  );
});

test.each([
  ['10', '"RunAgainInSecs" = "60"', true],
  ['10', '"RunAgainInSecs" = "0"', false],
  ['12', '"retryInXSeconds" = "5"', true],
  ['12', '"autoReject" = "true"', false],
  ['19', '"RunAgainInSecs" = "60"', false],
])('point %s with %s is run again: %s', (point, output, isAgain) => {
  expect(next(point, request, output) !== undefined).toBe(isAgain);
});
