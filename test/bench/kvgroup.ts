/**
 * Part of `npm run bench`: the KVGroup reader beside JSON.parse of the same data as JSON, in turns; and how its time grows with the size.
 * A table, then JSON.
 */
import type { KvGroup } from '../../src/kvgroup/format/kv-group.ts';
import { printMessage } from '../../src/kvgroup/format/print-message.ts';
import { parseMessage } from '../../src/kvgroup/reading/parse-message.ts';
import { median, row } from './statistics.ts';

const runs = 9;
const mebibyte = 1024 * 1024;
const sizes = [1, 2, 5, 10, 15.9];

/** A message of about so many bytes, as a request has them: groups of a dozen pairs. */
function makeTree(bytes: number): KvGroup {
  const root: KvGroup = { k: '', n: '', c: [] };
  for (let size = 0, id = 0; size < bytes; id += 1) {
    const c = Array.from({ length: 12 }, (_, key) => ({
      k: `attribute${key}`,
      v: `value ${id} of a \\ "resource" ${key}`,
    }));
    const group: KvGroup = { k: 'resource', n: `R${id}`, c };
    root.c.push(group);
    size += printMessage(group).length + 20; // the indentation
  }
  return root;
}

function timeMs(work: () => unknown): number {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}

const results = sizes.map((size) => {
  const tree = makeTree(size * mebibyte * 0.95);
  const text = Buffer.from(printMessage(tree));
  const json = Buffer.from(JSON.stringify(tree));
  const reader: number[] = [];
  const parse: number[] = [];
  for (let run = -2; run < runs; run += 1) {
    const readerMs = timeMs(() => {
      if (parseMessage(text).root === undefined) throw new Error('the reader refused its data');
    });
    const parseMs = timeMs(() => JSON.parse(json.toString()) as unknown);
    if (run < 0) continue;
    reader.push(readerMs);
    parse.push(parseMs);
  }
  const mib = text.length / mebibyte;
  return {
    mebibytes: mib,
    readerMs: median(reader),
    readerMibPerS: (mib / median(reader)) * 1000,
    jsonMibPerS: (json.length / mebibyte / median(parse)) * 1000,
    ratio: median(reader.map((each, run) => each / (parse[run] ?? NaN))),
    msPerMib: median(reader) / mib,
  };
});

const lines = [
  row(['KVGroup reader', '   MiB   reader MiB/s  JSON MiB/s  times JSON.parse  ms/MiB']),
  ...results.map((each) => row(['', each.mebibytes, each.readerMibPerS, each.jsonMibPerS, each.ratio, each.msPerMib])),
];
process.stdout.write(
  `${lines.join('\n')}\n\n${JSON.stringify({ runs, node: process.version, results }, undefined, 2)}\n`,
);
