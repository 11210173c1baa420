import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';

const file = path.resolve(import.meta.dirname, '../../../../src/sps/shim/python-syntax.py');

/** Surveys each text as a plugin whose function `authenticate` judges; one interpreter for all. */
const program = `
import ast, importlib.util, json, sys
spec = importlib.util.spec_from_file_location("python_syntax", sys.argv[1])
syntax = importlib.util.module_from_spec(spec)
spec.loader.exec_module(syntax)
reports = []
for text in json.load(sys.stdin):
    try:
        tree = ast.parse(text)
    except SyntaxError:
        reports.append(None)
        continue
    hooks = [node for node in ast.walk(tree) if getattr(node, "name", "") == "authenticate"]
    lines = [min([node.lineno] + [each.lineno for each in node.decorator_list]) for node in hooks]
    reports.append(syntax.survey({"main.py": tree}, [{"name": "authenticate", "file": "main.py", "line": line} for line in lines]))
json.dump(reports, sys.stdout)
`;

interface Survey {
  endings: { name: string; file: string; line: number }[];
  thrown: { file: string; line: number }[];
}

function survey(texts: readonly string[]): (Survey | null)[] {
  const options = { input: JSON.stringify(texts), encoding: 'utf8' } as const;
  return JSON.parse(execFileSync('python3', ['-I', '-c', program, file], options)) as (Survey | null)[];
}

const hook = (...lines: string[]): string =>
  ['class Plugin:', '  def authenticate(self, x):', ...lines.map((line) => `    ${line}`)].join('\n');

const falling: Record<string, string> = {
  'nothing at all': hook('pass'),
  'a text alone': hook('"""Lets in."""'),
  'a verdict that is kept': hook('verdict = {"verdict": "DENY"}'),
  'an if without else': hook('if x: return {}'),
  'an else that forgets it': hook('if x: return {}', 'else: print(x)'),
  'an elif chain without else': hook('if x: return {}', 'elif x is None: return {}'),
  'an exception that is swallowed': hook('try: return {}', 'except ValueError: print(x)'),
  'one of several handlers': hook('try: return {}', 'except KeyError: raise', 'except ValueError as e: print(e)'),
  'the else of a try': hook('try: x()', 'except ValueError: return {}', 'else: print(x)'),
  'a finally that does not return': hook('try: x()', 'finally: print(x)'),
  'a loop that may not be entered': hook('for each in x: return {}'),
  'a loop with a condition': hook('while x: return {}'),
  'an endless loop that is left': hook('while True:', '  if x: break', '  return {}'),
  'an endless loop left in a with in a try': hook('while 1:', '  try:', '    with x: break', '  finally: pass'),
  'a break in the else of an inner loop': hook('while True:', '  for each in x: pass', '  else: break'),
  'a with that swallows': hook('with contextlib.suppress(ValueError):', '  return {}'),
  'a match without a last case': hook('match x:', '  case 1: return {}', '  case {"a": 1}: return {}'),
  'a last case with a guard': hook('match x:', '  case _ if x: return {}'),
  'a case that forgets it': hook('match x:', '  case 1: print(x)', '  case _: return {}'),
  'only a function inside returns': hook('def inner(): return {}', 'inner()'),
  'only a lambda inside returns': hook('f = lambda: {}', 'f()'),
  'a function that raises now and then': `${hook('self.fail()')}\n  def fail(self):\n    if self.x: raise ValueError`,
  'a function that raises in one of two classes': `${hook('self.fail()')}\n  def fail(self): raise E\nclass B:\n  def fail(self): pass`,
  'an exit of its own class': hook('self.exit()'),
  'a coroutine that is not awaited': `${hook('self.fail()')}\n  async def fail(self): raise E`,
  'a condition that is never true': hook('if False: return {}'),
  'a static method': 'class Plugin:\n  @staticmethod\n  def authenticate():\n    pass',
};

const standing: Record<string, string> = {
  'a return': hook('return {"verdict": "ACCEPT"}'),
  'a bare return, which is meant': hook('if x: return', 'return {}'),
  'if and else': hook('if x: return {}', 'else: return None'),
  'an exception': hook('raise NotImplementedError'),
  'try, except, else': hook('try: x()', 'except ValueError: return {}', 'else: return {}'),
  'a return after all': hook('try: x()', 'except ValueError: pass', 'return {}'),
  'a finally that returns': hook('try: x()', 'except ValueError: pass', 'finally: return {}'),
  'an exception handed on': hook('try: return {}', 'except ValueError:', '  print(x)', '  raise'),
  'a with': hook('with open(x) as f: return f.read()'),
  'an endless loop': hook('while True:', '  try: return x()', '  except OSError: continue'),
  'an endless loop with a loop inside that is left': hook('while True:', '  for each in x:', '    break'),
  'an endless iterator': hook('for each in itertools.count():', '  if x(each): return {}'),
  'the else of a loop': hook('for each in x:', '  if each: return {}', 'else: return {}'),
  'a match with a last case': hook('match x:', '  case 1: return {}', '  case _: return {}'),
  'a case with a name': hook('match x:', '  case 1 | 2: return {}', '  case other: raise ValueError(other)'),
  'a condition that is always true': hook('if True: return {}'),
  'an assertion that never holds': hook('if x: return {}', 'assert False, x'),
  'an exit': hook('if x: return {}', 'sys.exit(1)'),
  'a function that always raises': `${hook('try: return {}', 'except E as e: self.fail(e)')}\n  def fail(self, e): raise X from e`,
  'one that calls such a one': `${hook('fail()')}\ndef fail():\n  again()\ndef again():\n  raise X`,
  'one that says so': `${hook('fail()')}\ndef fail() -> typing.NoReturn:\n  library()`,
  'one that calls itself': `${hook('return fail()')}\ndef fail(): fail()`,
  'a coroutine that is awaited':
    'class P:\n  async def authenticate(self):\n    await fail()\nasync def fail(): raise X',
  'a generator': hook('yield 1'),
  'a decorator that may decide': 'class Plugin:\n  @denies_by_default\n  def authenticate(self):\n    pass',
};

const statements = [
  '{"verdict": "DENY"}',
  '{"a": 1, **b, "verdict": c}',
  'dict(verdict="DENY")',
  'AAResponse.deny().with_reason("no")',
  'plugin.AAResponse.accept()',
  'return {"verdict": "DENY"}',
  'x = {"verdict": "DENY"}',
  'print({"verdict": "DENY"})',
  'dict(a=1)',
  'response.with_cookie({"verdict": 1})',
  '"verdict"',
];

const texts = [...Object.values(falling), ...Object.values(standing), hook(...statements)];
const surveys = survey(texts);
const isMatchKnown = surveys[texts.indexOf(falling['a case that forgets it'] ?? '')] !== null;
const cases = (table: Record<string, string>): [string, string][] =>
  Object.entries(table).filter(([, text]) => isMatchKnown || !text.includes('match x'));

test.each(cases(falling))('a way to its end without a return: %s', (_name, text) => {
  const line = text.split('\n').findIndex((each) => each.includes('def authenticate')) + 1;
  expect(surveys[texts.indexOf(text)]?.endings).toEqual([{ name: 'authenticate', file: 'main.py', line }]);
});

test.each(cases(standing))('no way to its end without a return: %s', (_name, text) => {
  expect(surveys[texts.indexOf(text)]?.endings).toEqual([]);
});

test('a verdict that is a statement of its own is thrown away', () => {
  expect(surveys.at(-1)?.thrown.map(({ line }) => statements[line - 3])).toEqual(statements.slice(0, 5));
});
