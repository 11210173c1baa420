import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type PathWatcher, watchPaths } from '../../../../src/cli/terminal/watch-paths.ts';

let folder = '';
let watcher: PathWatcher | undefined;
const seen = new Set<string>();

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ph-test-'));
  seen.clear();
});

afterEach(() => {
  watcher?.close();
  rmSync(folder, { recursive: true, force: true });
});

const at = (name: string): string => path.join(folder, name);

function watching(...names: string[]): PathWatcher {
  return (watcher = watchPaths(names.map(at), (file) => seen.add(path.relative(folder, file))));
}

async function sees(file: string): Promise<void> {
  await vi.waitUntil(() => seen.has(file), { interval: 5, timeout: 60_000 });
}

describe('watching', () => {
  test('a folder sees what is deep below it, new folders too', async () => {
    mkdirSync(at('plugin/lib'), { recursive: true });
    watching('plugin');
    writeFileSync(at('plugin/lib/a.py'), '1');
    await sees('plugin/lib/a.py');
    mkdirSync(at('plugin/new'));
    await sees('plugin/new');
    writeFileSync(at('plugin/new/b.py'), '1');
    await sees('plugin/new/b.py');
  });

  test('a folder does not see the notes of the host and of interpreters', async () => {
    mkdirSync(at('plugin/lib/__pycache__'), { recursive: true });
    mkdirSync(at('plugin/.plugin-host'));
    watching('plugin');
    writeFileSync(at('plugin/lib/__pycache__/a.pyc'), '1');
    writeFileSync(at('plugin/.plugin-host/cache'), '1');
    writeFileSync(at('plugin/last.py'), '1');
    await sees('plugin/last.py');
    expect([...seen]).toEqual(['plugin/last.py']);
  });

  test('a file sees its change, not that of its neighbours', async () => {
    writeFileSync(at('scenario.yaml'), '1');
    watching('scenario.yaml');
    writeFileSync(at('neighbour.yaml'), '1');
    writeFileSync(at('scenario.yaml'), '2');
    await sees('scenario.yaml');
    expect([...seen]).toEqual(['scenario.yaml']);
  });

  test('a file goes on when an editor replaces it', async () => {
    writeFileSync(at('scenario.yaml'), '1');
    watching('scenario.yaml');
    for (const text of ['2', '3']) {
      writeFileSync(at('new'), text);
      renameSync(at('new'), at('scenario.yaml'));
      await sees('scenario.yaml');
      seen.clear();
    }
  });

  test('what is not there yet sees it come, also its folder', async () => {
    const { update } = watching('later/scenario.yaml');
    mkdirSync(at('later'));
    await sees('later/scenario.yaml');
    update([at('later/scenario.yaml')]);
    seen.clear();
    writeFileSync(at('later/scenario.yaml'), '1');
    await sees('later/scenario.yaml');
  });

  test('a folder goes on when it is replaced', async () => {
    mkdirSync(at('plugin'));
    const { update } = watching('plugin');
    rmSync(at('plugin'), { recursive: true });
    mkdirSync(at('plugin'));
    await sees('plugin');
    update([at('plugin')]);
    seen.clear();
    writeFileSync(at('plugin/main.py'), '1');
    await sees('plugin/main.py');
  });

  test('other paths from now on leaves the former alone', async () => {
    writeFileSync(at('one'), '1');
    watching('one').update([at('two')]);
    writeFileSync(at('one'), '2');
    writeFileSync(at('two'), '2');
    await sees('two');
    expect([...seen]).toEqual(['two']);
  });
});
