import { expect, test } from 'vitest';
import { runPart } from './child-parts.ts';

/** Two areas of four pages, one that is written to and one of a file; what pagemap says of their pages before and after. */
const areas = `
size, around = part.PAGE_BYTES, part.AROUND
here, own, of_file = part.PRESENT, part.PRESENT | part.EXCLUSIVE, part.PRESENT | part.OF_FILE
def entries(*words): return b"".join(each.to_bytes(8, sys.byteorder) for each in words)
first = around * size
areas = [(first, first + 4 * size, True), (9 * first, 9 * first + 4 * size, False)]
before = [entries(own, here, here, here), entries(0, 0, 0, 0)]
after = [entries(own, own, own, here), entries(here, here, of_file, 0)]
`;

test('numbers that follow each other are a run', () => {
  expect(runPart('page-memory.py', 'print(json.dumps(part.find_runs([3, 4, 5, 9, 11, 12])))')).toEqual([
    [3, 3],
    [9, 1],
    [11, 2],
  ]);
});

test('needed are the pages that became the own ones, in a stretch, and one of those of a file that come together', () => {
  const program = `${areas}
needed = part.find_needed(areas, before, after)
print(json.dumps([[advice == part.POPULATE_WRITE, at // size, length // size] for advice, at, length in needed]))`;
  const needed = runPart('page-memory.py', program) as [boolean, number, number][];
  expect(needed).toEqual([
    [true, 17, 2],
    [false, expect.any(Number), 1],
  ]);
  const [, ofFile = []] = needed;
  expect([144, 145, 146]).toContain(ofFile[1]); // whichever of them; the system brings the others
});

test('what is needed is made ready until the work is there', () => {
  const program = `
asked = []
needs = part.Needs("/nowhere", types.SimpleNamespace(madvise=lambda *words: asked.append(words)))
needs.needed = [[23, each, 1] for each in range(3 * part.STRIDE)]
looks = []
needs.provide(lambda: looks.append(1) or len(looks) > 2)
print(json.dumps([len(asked) // part.STRIDE, asked[0]]))`;
  expect(runPart('page-memory.py', program)).toEqual([2, [0, 1, 23]]);
});

test.each([
  ['nobody has told yet', 'None', []],
  ['what was told is broken', '"1 2\\nx"', []],
  ['it was told', '"23 4096 8192\\n"', [[23, 4096, 8192]]],
])('when %s, that is what is known', (_what, text, known) => {
  const program = `
import tempfile
with tempfile.TemporaryDirectory(prefix="ph-test-") as folder:
    file, text = os.path.join(folder, "pages"), ${text}
    if text is not None:
        with open(file, "w") as pages: pages.write(text)
    needs = part.Needs(file)
    needs.read()
    print(json.dumps(needs.needed))`;
  expect(runPart('page-memory.py', program)).toEqual(known);
});
