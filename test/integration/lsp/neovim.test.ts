import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';

const checkout = path.resolve(import.meta.dirname, '../../..');
const hasNeovim = spawnSync('nvim', ['--version']).status === 0;

test.runIf(hasNeovim)(
  `Neovim shows problems as one types, offers hooks, explains them and writes the word that was meant${hasNeovim ? '' : ' (SKIPPED: install neovim)'}`,
  async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'ph-test-'));
    try {
      cpSync(path.join(checkout, 'templates/aa-python'), folder, { recursive: true });
      const manifest = path.join(folder, 'MANIFEST');
      writeFileSync(manifest, readFileSync(manifest, 'utf8').replace(/^name: .*/, 'name: 9x'));
      writeFileSync(path.join(folder, 'x.plugin-test.yaml'), 'plugin: .\ncases:\n  - name: x\n');
      const out = path.join(folder, 'seen.json');
      const script = path.join(import.meta.dirname, 'neovim.lua');
      const words = ['--headless', '--clean', '-n', '-i', 'NONE', '-c', `luafile ${script}`]; // nothing of the user's settings
      const env = {
        SERVER: JSON.stringify([process.execPath, path.join(checkout, 'bin/plugin-host.js'), 'lsp']),
        OUT: out,
        XDG_CACHE_HOME: path.join(folder, '.cache'),
        XDG_STATE_HOME: path.join(folder, '.state'),
      };
      await execa('nvim', words, { cwd: folder, env, reject: false, timeout: 90_000 });
      expect(JSON.parse(readFileSync(out, 'utf8'))).toEqual({
        first: ['0:0 NAME_FORMAT'],
        offered: ['authenticate', 'authorize', 'session_ended'],
        second: ['4:10 HOOK_UNKNOWN'],
        fixed: '    hook: authenticate',
        hover: expect.stringContaining('Verdicts: ACCEPT, DENY, NEEDINFO, NONE.'),
        exit: 0,
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);
