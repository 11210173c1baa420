import { PluginHostError } from '../../base/plugin-host-error.ts';
import { PipedProcess } from '../../process/piped-process.ts';

/** Both come as hexadecimal lines on standard input: no list of processes shows a password. */
const program =
  'my ($p, $s) = map { chomp; pack("H*", $_) } <STDIN>; my $h = crypt($p, $s); print defined $h ? $h : "";';

const allowedMs = 10_000;

/** crypt(3) of the system, which knows formats that nobody has written in JavaScript; null when it knows this one neither. */
export async function systemCrypt(password: string, setting: string): Promise<string | null> {
  const answers: Buffer[] = [];
  try {
    const child = new PipedProcess(
      { command: ['perl', '-e', program], cwd: '/', env: { PATH: '/usr/bin:/bin:/usr/local/bin' }, limits: {} },
      { graceMs: 100, stderrLimitBytes: 1024, onOutput: (bytes) => answers.push(bytes) },
    );
    child.allow(allowedMs);
    child.write([password, setting].map((text) => `${Buffer.from(text).toString('hex')}\n`).join(''));
    child.endInput();
    await child.finished;
  } catch (error) {
    if (error instanceof PluginHostError) return null;
    throw error;
  }
  const hash = Buffer.concat(answers).toString();
  return hash === '' || hash.startsWith('*') ? null : hash;
}
