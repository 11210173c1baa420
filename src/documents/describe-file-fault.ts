/** Why a file could not be read or written, without its name: `no such file or directory`. The message of Node repeats the name. */
export function describeFileFault(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  if (!('syscall' in cause)) return cause.message;
  return cause.message.replace(/^[A-Z\d]+: /, '').replace(new RegExp(`, ${String(cause.syscall)}(?: '.*')?$`, 's'), '');
}
