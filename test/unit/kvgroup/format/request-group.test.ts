import { describe, expect, test } from 'vitest';
import type { Json } from '../../../../src/base/json.ts';
import { getPath } from '../../../../src/kvgroup/format/get-path.ts';
import type { KvDiagnostic } from '../../../../src/kvgroup/format/kv-diagnostic.ts';
import type { Profile } from '../../../../src/kvgroup/format/kv-message.ts';
import { printMessage } from '../../../../src/kvgroup/format/print-message.ts';
import { groupFromJson } from '../../../../src/kvgroup/reading/group-from-json.ts';
import { parseMessage } from '../../../../src/kvgroup/reading/parse-message.ts';

/** A request as the product's page "Writing plugins" prints it, with its slips and annotations; the data are ours. */
const printed = `"request" "" = {
  "certifier" = "" # profile ID of the reviewer
  "certround" "" = {
    "certround" = "C1"
    "description" = "Quarterly"
    "endDate" = "1700000000"
    "startDate" = "1690000000
    "termby" = ""
  }
  "entryDate" = "1695000000"
  "requestID" = "R-17"
  "authorizer" "tmarsh" = { # 0 or more
    "status" = "O"
    "resource" = "4F12" = {
      "status" = "O"
    }
  }
  "attribute" "EMAIL" = {
    "value" "" {
      "value" = "a@x.test"
    }
  }
  "viewas" "" = "REQUESTER"
  "resource" "4F12" = {
    "template = "T1"
    authorizer" = "tmarsh"
    "operation" = "ACUA"
  }
}
}"
`;

const repaired = printed
  .replace('"1690000000\n', '"1690000000"\n')
  .replace('"resource" = "4F12" = {', '"resource" "4F12" = {')
  .replace('"template = ', '"template" = ')
  .replace('    authorizer"', '    "authorizer"')
  .replace('}\n}"\n', '}\n');

function read(text: string, profile: Profile): KvDiagnostic[] {
  return parseMessage(text, { profile }).diagnostics;
}

describe('the request as the page prints it', () => {
  const found = read(printed, 'compat');
  test.each([
    ['a value without its closing quote', 'KVG002', 7, 19, /close it with "/i],
    ['a = between key and name', 'KVG005', 14, 25, /"resource" "4F12" = \{/],
    ['a group without =', 'KVG003', 19, 16, /"value" "" = \{/],
    ['a pair with a name', 'KVG004', 23, 17, /"viewas" = /],
    ['a key without its closing quote', 'KVG002', 25, 20, /odd number of quotes/],
    ['a key without its opening quote', 'KVG003', 26, 20, /odd number of quotes/],
    ['a stray } and quote at the end', 'KVG007', 30, 1, /too many/],
  ] as const)('has %s reported at its place with the remedy', (_slip, code, line, column, hint) => {
    const there = found.find((each) => each.code === code && each.line === line);
    expect(there, JSON.stringify(found, undefined, 1)).toMatchObject({ line, column });
    expect(there?.hint).toMatch(hint);
  });

  test('has no error reported elsewhere', () => {
    const lines = found.filter(({ level }) => level === 'error').map(({ line }) => line);
    expect(lines).toEqual([7, 14, 25, 26, 30]);
  });

  test('is refused by strict at the same lines, and those that compat tolerates', () => {
    expect([...new Set(read(printed, 'strict').map(({ line }) => line))]).toEqual([7, 14, 19, 23, 25, 26, 30]);
  });
});

describe('the request with its slips repaired', () => {
  const { root = { k: '', c: [] }, diagnostics } = parseMessage(repaired);

  test('is read by compat, with warnings for what it tolerates', () => {
    expect(diagnostics.map(({ level, code, line }) => [level, code, line])).toEqual([
      ['warning', 'KVG003', 19],
      ['warning', 'KVG004', 23],
    ]);
  });

  test.each([
    ['certround/startDate', ['1690000000']],
    ['certround/termby', ['']],
    ['authorizer[tmarsh]/resource[4F12]/status', ['O']],
    ['attribute[EMAIL]/value[]/value[*]', ['a@x.test']],
    ['resource[4F12]/template', ['T1']],
    ['resource/authorizer', ['tmarsh']],
    ['resource[other]/authorizer', []],
  ])('has at %s what stands there', (path, values) => {
    expect(getPath(root, path).map((item) => ('v' in item ? item.v : item))).toEqual(values);
  });

  test('survives fmt and to-json', () => {
    const canonical = parseMessage(printMessage(root), { profile: 'strict' });
    expect(canonical.diagnostics).toEqual([]);
    const json = JSON.parse(JSON.stringify(canonical.root)) as Json;
    expect(groupFromJson(json).group).toEqual(canonical.root);
    expect(getPath(canonical.root ?? root, 'viewas')).toEqual([{ k: 'viewas', v: 'REQUESTER' }]);
  });
});
