/** Why a file could not be read or written, without its name: `no such file or directory`. The message of Node repeats the name. */
export function describeFileFault(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  if (!('syscall' in cause)) return cause.message;
  const [reason = ''] = cause.message.split(`, ${String(cause.syscall)}`, 1);
  return reason.slice(reason.indexOf(': ') + 1).trim();
}
