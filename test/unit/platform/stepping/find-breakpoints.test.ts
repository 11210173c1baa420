import { describe, expect, test } from 'vitest';
import { readScript } from '../../../../src/platform/script/read-script.ts';
import { type Breakpoints, findBreakpoints } from '../../../../src/platform/stepping/find-breakpoints.ts';

const text = `{
  "Id": "Demo",
  "BackEnd": "Scriptable",
  "CheckSystem": {
    "Parameters": [],
    "Do": [
      { "SetItem": { "Name": "A", "Value": 1 } }, { "SetItem": { "Name": "B", "Value": 1 } },
      {
        "Condition": {
          "If": "A == 1",
          "Then": { "Do": [
            { "Function": { "Name": "Sign", "Parameters": [] } }
          ] }
        }
      },
      { "Return": { "Value": true } }
    ]
  },
  "Imports": ["LinuxSshLogin"],
  "Functions": [
    {
      "Name": "Sign",
      "Do": [
        { "Log": { "Text": "x" } }
      ]
    }
  ]
}`;

function find(...words: string[]): Breakpoints {
  const { script } = readScript(text);
  if (script === undefined) throw new Error('no script');
  return findBreakpoints(script, 'folder/demo.json', words);
}

const pathsOf = (...words: string[]): string[] => [...find(...words).steps.keys()].map(({ path }) => path);

const [first, second] = ['/CheckSystem/Do/0/SetItem', '/CheckSystem/Do/1/SetItem'];
const condition = '/CheckSystem/Do/2/Condition';
const call = `${condition}/Then/Do/0/Function`;
const log = '/Functions/0/Do/0/Log';

describe('a breakpoint is', () => {
  test.each([
    ['a line on which steps begin, the first of them', '7', [first]],
    ['a line in the middle of a step', '10', [condition]],
    ['a line of a step inside of another', '12', [call]],
    ['a line of a function before its first step', '21', [log]],
    ['a line with the file, as a stop shows it', 'demo.json:16', ['/CheckSystem/Do/3/Return']],
    ['a pointer to an element', '/CheckSystem/Do/1', [second]],
    ['a pointer to a step', second, [second]],
    ['a pointer into a step', `${condition}/If`, [condition]],
    ['a pointer to an operation', '/CheckSystem', [first]],
    ['a function', 'Sign', [log]],
    ['an operation, without regard to case', 'checksystem', [first]],
    ['a verb, wherever it stands', 'setitem', [first, second]],
  ])('%s: %s', (_, word, paths) => {
    expect(pathsOf(word)).toEqual(paths);
  });

  test('start or error', () => {
    expect(find('start', 'error')).toMatchObject({ isAtStart: true, isAtErrors: true, steps: new Map() });
  });

  test('several of them', () => {
    expect(pathsOf('Log', '7')).toEqual([log, first]);
  });
});

describe('a word that names nothing is refused, with what is near', () => {
  test.each([
    ['Sing', 'Did you mean Sign?'],
    ['Retrun', 'Did you mean Return?'],
    ['strat', 'Did you mean start?'],
    ['99', 'The nearest step is at line 24.'],
    ['2', 'The nearest step is at line 7.'],
    ['/CheckSystem/Do/9', 'The nearest step is /CheckSystem/Do/3/Return.'],
    ['/Functions/0/Do/1', `The nearest step is ${log}.`],
    ['other.json:7', /^Name a line, a JSON Pointer, a verb, start, error, or a function: CheckSystem, Sign\.$/],
  ])('%s', (word, hint) => {
    expect(() => find(word)).toThrow(
      expect.objectContaining({ code: 'USAGE', hint: typeof hint === 'string' ? hint : expect.stringMatching(hint) }),
    );
  });
});
