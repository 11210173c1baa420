/**
 * What an author waits for: `invoke` of a plugin on the vendor's SDK against the bare import of that plugin, and `test` against pytest that calls the same
 * hooks in one process, without isolation. Needs PLUGIN_HOST_SDK_PYTHON, an interpreter with the SDK, and for the second one pytest in it.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { median, row } from './statistics.ts';

const runs = Number(process.argv[2] ?? 11);
const python = process.env['PLUGIN_HOST_SDK_PYTHON'];
const bin = path.resolve(import.meta.dirname, '../../bin/plugin-host.js');
const folder = mkdtempSync(path.join(tmpdir(), 'ph-bench-'));
const plugin = path.join(folder, 'otp');

/** Runs a command and tells wall and processor time of it and all below it, in seconds. */
const timer = `
import resource, subprocess, sys, time
at = time.perf_counter()
code = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(code, time.perf_counter() - at, used.ru_utime + used.ru_stime)
`;

/** The tests of the template, as pytest would call the hooks. */
const pytestFile = `
from main import Plugin
CONFIG = "[otp]\\npasscode = 123456\\ntries = 2\\n[auth]\\nprompt = One-time password:\\ndisable_echo = yes\\n"
BASE = dict(session_id="svc/example/example:0", session_cookie={}, protocol="ssh", connection_name="example", client_ip="1.2.3.4",
    client_port=12341, client_hostname="c", gateway_user=None, gateway_domain=None, server_username="u", server_domain=None)
def call(hook, cookie, **more):
    kwargs = {**BASE, "key_value_pairs": {}, **more, "cookie": cookie}
    answer = getattr(Plugin(CONFIG), hook)(**kwargs)
    return answer["verdict"], answer["cookie"]
def test_asked():
    assert call("authenticate", {})[0] == "NEEDINFO"
def test_right():
    _, cookie = call("authenticate", {})
    verdict, cookie = call("authenticate", cookie, key_value_pairs={"otp": "123456"})
    assert verdict == "ACCEPT"
    assert call("authorize", cookie, gateway_groups=None, server_ip="5.6.7.8", server_port=22, server_hostname=None)[0] == "ACCEPT"
    Plugin(CONFIG).session_ended(session_id="svc/example/example:0", cookie=cookie, session_cookie={})
def test_wrong():
    _, cookie = call("authenticate", {})
    _, cookie = call("authenticate", cookie, key_value_pairs={"otp": ""})
    assert call("authenticate", cookie, key_value_pairs={"otp": "000000"})[0] == "DENY"
def test_silent():
    assert call("authenticate", {})[0] == "NEEDINFO"
`;

interface Times {
  wall: number;
  processor: number;
}

function time(command: readonly string[]): Times {
  const { stdout } = spawnSync('/usr/bin/python3', ['-c', timer, ...command], { cwd: plugin, encoding: 'utf8' });
  const [code, wall = NaN, processor = NaN] = stdout.split(' ').map(Number);
  if (code !== 0) throw new Error(`${command.join(' ')}: exit code ${String(code)}`);
  return { wall, processor };
}

/** In turn, so that a machine whose speed drifts slows both alike. */
function compare(name: string, command: readonly string[], against: readonly string[]): string {
  const pairs = Array.from({ length: runs + 1 }, () => [time(command), time(against)] as const).slice(1);
  const ratio = (of: keyof Times): number => median(pairs.map(([a, b]) => a[of] / b[of]));
  return row([name, ratio('wall'), ratio('processor')]);
}

if (python === undefined) process.stdout.write('author-loop: PLUGIN_HOST_SDK_PYTHON is not set\n');
else {
  try {
    execFileSync(process.execPath, [bin, 'init', 'aa', plugin, '--sdk'], { stdio: 'ignore' });
    writeFileSync(path.join(folder, 'test_otp.py'), pytestFile);
    const ours = (...words: string[]): string[] => [process.execPath, bin, ...words, '--python', python];
    const lines = [
      row(['command, against', '      wall  processor']),
      compare('invoke, the bare import', ours('invoke', 'authenticate'), [python, '-c', 'import main']),
    ];
    const pytest = [
      '-m',
      'pytest',
      '-q',
      '-p',
      'no:cacheprovider',
      '--rootdir',
      folder,
      path.join(folder, 'test_otp.py'),
    ];
    const hasPytest = spawnSync(python, ['-c', 'import pytest'], { stdio: 'ignore' }).status === 0;
    if (hasPytest) lines.push(compare('test, pytest in one process', ours('test'), [python, ...pytest]));
    else lines.push('there is no pytest beside the SDK: `python install --with-tests`');
    process.stdout.write(`${lines.join('\n')}\n`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
