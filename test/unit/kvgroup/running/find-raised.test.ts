import { expect, test } from 'vitest';
import { findRaised, raisedProblem } from '../../../../src/kvgroup/running/find-raised.ts';

const folder = '/plugins/ids';

function raisedBy(stderr: string, exitCode = 1): ReturnType<typeof findRaised> {
  return findRaised({ exitCode }, { stderr: (mask) => mask(stderr) }, folder);
}

const head = 'Traceback (most recent call last):\n';

test.each([
  [
    'in a function',
    `debug\n${head}  File "${folder}/exc.py", line 9, in <module>\n    choose()\n  File "${folder}/exc.py", line 3, in choose\n    raise ValueError("no")\nValueError: no\n`,
    { exception: 'ValueError', message: 'no', file: 'exc.py', line: 3 },
  ],
  [
    'in a library',
    `${head}  File "${folder}/exc.py", line 4, in <module>\n    json.loads("")\n  File "/usr/lib/python3/json/decoder.py", line 355, in raw_decode\n    raise JSONDecodeError\njson.decoder.JSONDecodeError: Expecting value\n`,
    { exception: 'json.decoder.JSONDecodeError', message: 'Expecting value', file: 'exc.py', line: 4 },
  ],
  [
    'after another',
    `${head}  File "${folder}/exc.py", line 1, in <module>\nKeyError: 'x'\n\nDuring handling of the above exception, another exception occurred:\n\n${head}  File "${folder}/exc.py", line 2, in <module>\nOSError\n`,
    { exception: 'OSError', message: '', file: 'exc.py', line: 2 },
  ],
  [
    'of the syntax',
    `  File "${folder}/exc.py", line 7\n    def x(:\n          ^\nSyntaxError: invalid syntax\n`,
    { exception: 'SyntaxError', message: 'invalid syntax', file: 'exc.py', line: 7 },
  ],
  [
    'of several lines',
    `${head}  File "${folder}/exc.py", line 1, in <module>\n    ^^^^\nValueError: one\ntwo\n`,
    { exception: 'ValueError', message: 'one', file: 'exc.py', line: 1 },
  ],
])('an exception %s is found', (_, stderr, raised) => {
  expect(raisedBy(stderr)).toEqual(raised);
});

test.each([
  ['another exit code', `${head}  File "${folder}/exc.py", line 1, in <module>\nValueError: no\n`, 2],
  ['no traceback', 'usage: exc.py FILE\n', 1],
  ['a line that only looks like one', '  two blanks\nDone\n', 1],
])('%s is none', (_, stderr, exitCode) => {
  expect(raisedBy(stderr, exitCode)).toBeUndefined();
});

test('a module that is missing has a hint of its own', () => {
  const raised = { exception: 'ModuleNotFoundError', message: "No module named 'ldap3'", file: 'exc.py', line: 1 };
  expect(raisedProblem(raised)).toMatchObject({
    code: 'RUN_RAISED',
    message: "raised ModuleNotFoundError at exc.py:1: No module named 'ldap3'",
    hint: expect.stringContaining('Put ldap3 beside the plugin'),
  });
});
