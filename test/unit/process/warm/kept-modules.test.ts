import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runPart } from './child-parts.ts';

let folder: string;
const written = (name: string, text: string): void => {
  writeFileSync(path.join(folder, 'library', name), text);
};

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ph-test-'));
  mkdirSync(path.join(folder, 'library/shelf'), { recursive: true });
  written('shelf/__init__.py', 'import re\nfrom . import book\npattern = re.compile("(?P<word>b+)[xyz]")\n');
  written('shelf/book.py', 'title = "first"\n');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

interface Imported {
  isKnown: boolean;
  title: string;
  word: string;
  file: string;
  loader: string;
  /** What its loader has of its own. */
  own: string[];
  reached: string[];
}

/** In a fresh interpreter. */
function importShelf(): Imported {
  const program = `
folder = os.path.dirname(sys.argv[1])
beside = lambda name, **names: kept.load(os.path.join(folder, name), **names)
sys.path.append(${JSON.stringify(path.join(folder, 'library'))})
kept = part.Kept(${JSON.stringify(path.join(folder, 'kept'))})
preload = beside("preload.py").Preload()
modules = beside("kept-modules.py", beside=beside).KeptModules(kept)
names = ["shelf", "there_is_no_such_module"]
is_known = modules.fits(names)
preload.fill(names, set(sys.modules), modules)
modules.close()
kept.save()
import shelf
print(json.dumps({
    "isKnown": is_known, "title": shelf.book.title, "word": shelf.pattern.match("bbx").group("word"), "file": shelf.__file__,
    "loader": type(shelf.__loader__).__name__, "own": sorted(vars(shelf.__loader__)), "reached": sorted(preload.reached["shelf"]),
}))`;
  return runPart('kept-code.py', program) as Imported;
}

test('what was imported once is imported from what was kept, and is no different', () => {
  const first = importShelf();
  expect(first).toMatchObject({ isKnown: false, word: 'bb', own: ['name', 'path'] });
  expect(first.reached).toContain('shelf.book');
  expect(importShelf()).toEqual({ ...first, isKnown: true });
});

test.each<[string, () => void]>([
  [
    'a module is edited',
    () => {
      written('shelf/book.py', 'title = "second"\n');
    },
  ],
  [
    'a module comes that would be found instead',
    () => {
      mkdirSync(path.join(folder, 'library/shelf/book'));
      written('shelf/book/__init__.py', 'title = "second"\n');
    },
  ],
])('when %s, everything is imported anew', (_what, change) => {
  importShelf();
  change();
  expect(importShelf()).toMatchObject({ isKnown: false, title: 'second' });
  expect(importShelf()).toMatchObject({ isKnown: true, title: 'second' });
});

test('a damaged file counts for none', () => {
  importShelf();
  truncateSync(path.join(folder, 'kept.modules'), 100);
  truncateSync(path.join(folder, 'kept.own'), 100);
  expect(importShelf()).toMatchObject({ isKnown: false, title: 'first' });
});

test('of interpreters and environments only the latest are kept', () => {
  const program = `
for number in range(40):
    part.Kept(os.path.join(${JSON.stringify(folder)}, "python-%d" % number)).write(".own", {})
names = [name for name in os.listdir(${JSON.stringify(folder)}) if name.startswith("python-")]
print(json.dumps([len(names), "python-39.own" in names]))`;
  expect(runPart('kept-code.py', program)).toEqual([16, true]);
});
