import { expect, test } from 'vitest';
import { runPart } from './child-parts.ts';

test.each([
  ['import a.b', '"a.b", {}, 0', 'a.b'],
  ['from . import c, in a module', '"", {"__name__": "a.b"}, 1', 'a'],
  ['from . import c, in a package', '"", {"__name__": "a.b", "__path__": []}, 1', 'a.b'],
  ['from ..c import d', '"c", {"__package__": "a.b"}, 2', 'a.c'],
])('`%s` names its module in full', (_what, given, full) => {
  expect(runPart('preload.py', `print(json.dumps(part.Tracer.resolve(${given})))`)).toBe(full);
});

test('a module brings what it leads to, circles too', () => {
  const program = 'print(json.dumps(sorted(part.Preload.reach({"a": {"b"}, "b": {"a", "c"}, "d": {"a"}}, ["a"]))))';
  expect(runPart('preload.py', program)).toEqual(['a', 'b', 'c']);
});

test('what is preloaded is put aside, and is the same module when it comes back', () => {
  const program = `
preload = part.Preload()
fresh = set(sys.modules)
preload.fill(["colorsys", "there_is_no_such_module"], fresh)
aside, is_hidden = preload.modules["colorsys"], "colorsys" not in sys.modules
import colorsys
print(json.dumps([is_hidden, colorsys is aside, "colorsys" in preload.modules]))`;
  expect(runPart('preload.py', program)).toEqual([true, true, false]);
});

test("a plugin's module of the same name takes out what is built on ours", () => {
  const program = `
preload = part.Preload()
preload.modules = {name: types.ModuleType(name) for name in ("a", "b", "c")}
preload.tops, preload.edges = {"a", "b", "c"}, {"b": {"a"}, "c": set()}
print(json.dumps([preload.shadow({"a"}), sorted(preload.modules), preload.shadow({"x"})]))`;
  expect(runPart('preload.py', program)).toEqual([true, ['c'], true]);
});
