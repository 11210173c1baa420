import { PluginHostError } from '../../base/plugin-host-error.ts';
import { PipedProcess } from '../../process/piped-process.ts';

/** Both come as hexadecimal lines on standard input: no list of processes shows a password. */
const program =
  'my ($p, $s) = map { chomp; pack("H*", $_) } <STDIN>; my $h = crypt($p, $s); print defined $h ? $h : "";';

/** The dearest setting of yescrypt takes 1 GiB. */
const memoryBytes = 1.25 * 2 ** 30;

/**
 * crypt(3) of the system, which knows formats that nobody has written in JavaScript; null when it knows this one neither. A setting may
 * ask for work of days: the signal ends it, and the promise is rejected with its reason.
 */
export async function systemCrypt(password: string, setting: string, signal: AbortSignal): Promise<string | null> {
  const answers: Buffer[] = [];
  try {
    const child = new PipedProcess(
      {
        command: ['perl', '-e', program],
        cwd: '/',
        env: { PATH: '/usr/bin:/bin:/usr/local/bin' },
        limits: { memoryBytes },
      },
      { graceMs: 100, signal, stderrLimitBytes: 1024, onOutput: (bytes) => answers.push(bytes) },
    );
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
