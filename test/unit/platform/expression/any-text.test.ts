import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromJson } from '../../../../src/platform/conversion/from-json.ts';
import { parseJson } from '../../../../src/platform/conversion/parse-json.ts';
import { toText } from '../../../../src/platform/conversion/render-text.ts';
import { expressionNames } from '../../../../src/platform/expression/expression-names.ts';
import { parseExpression } from '../../../../src/platform/expression/parse-expression.ts';
import { compilePattern } from '../../../../src/platform/regex/compile-pattern.ts';
import { Budget } from '../../../../src/platform/values/budget.ts';
import { ScriptError } from '../../../../src/platform/values/script-error.ts';
import { Secret } from '../../../../src/platform/values/secret.ts';
import type { Value } from '../../../../src/platform/values/value.ts';
import { runExpression } from '../run-expression.ts';

const words =
  `A B Num List Obj Json Nul Sec Regex string int Convert System Text Encoding UTF8 GetBytes IsMatch Match Replace Split
Groups Captures Value Count Length Select Where First Any ToArray ToList Cast <Capture> ToString Equals Substring IndexOf Trim
Insert Add Join Format IsNullOrEmpty GetType new List<string>() => == != && || ! + - * / % < > <= >= ? : ?? ?. . , ( ) [ ] = +=
++ 0 1 2.5 -1 9999999999 "a" "(a+)+" 'b' @"\\d" $"{A}" true false null %A% %B::$x% ; constructor __proto__ process x y`.split(
    /\s+/,
  );

const soup = fc
  .array(fc.constantFrom(...words), { maxLength: 14 })
  .chain((picked) => fc.constantFrom('', ' ').map((between) => picked.join(between)));

function given(): Record<string, Value> {
  return {
    A: 'text',
    B: true,
    Num: 3,
    List: fromJson(['a', 1, null, { b: 2 }]),
    Obj: fromJson({ a: 'x', b: [1] }),
    Json: parseJson('{"a": [1, 2.5, "x", null, {"b": true}]}'),
    Nul: null,
    Sec: Secret.of('geheim'),
  };
}

function onlyItsOwnFailures(run: () => void): void {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(ScriptError);
  }
}

const runs = { numRuns: 3000 };

describe('whatever the text, nothing but a ScriptError comes out of', () => {
  test.each([
    ['words of the language', soup],
    ['any units', fc.string({ unit: 'binary', maxLength: 40 })],
    ['printable ones', fc.string({ maxLength: 40 })],
  ])('an expression of %s', (_kind, texts) => {
    fc.assert(
      fc.property(texts, (text) => {
        onlyItsOwnFailures(() => {
          expressionNames(parseExpression(text));
          toText(runExpression(text, given(), new Budget({ work: 200_000, stepsPerMatch: 20_000 })).value);
        });
      }),
      runs,
    );
  });

  const patternParts = String.raw`a b . \w \d \b ^ $ ( ) (?: (?<n> (?= (?! (?<= (?<! (?> (?<-n> (?(n) (?i) | * + ? {2} {1,} [ ] [^ - \ \k<n> \1 \p{L} # x`;

  test.each([
    [
      'parts of the language',
      fc.array(fc.constantFrom(...patternParts.split(' ')), { maxLength: 12 }).map((parts) => parts.join('')),
    ],
    ['any units', fc.string({ unit: 'binary', maxLength: 20 })],
  ])('a pattern of %s', (_kind, patterns) => {
    fc.assert(
      fc.property(patterns, fc.nat(63), fc.constantFrom('', 'aab', 'a b\nab'), (pattern, options, text) => {
        onlyItsOwnFailures(() => {
          const budget = new Budget({ stepsPerMatch: 20_000 });
          let match = compilePattern(pattern, options).match(text, 0, budget);
          for (let count = 0; match.success && count < 10; count++) {
            expect(match.index + match.length).toBeLessThanOrEqual(text.length);
            match = match.next(budget);
          }
        });
      }),
      runs,
    );
  });

  test('a text that may be JSON', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string({ maxLength: 30 })), (text) => {
        onlyItsOwnFailures(() => toText(parseJson(text)));
      }),
      runs,
    );
  });
});
