/** What one process may use at most. Undefined: no limit of ours. */
export interface Limits {
  /** Private writable memory, in bytes. */
  memoryBytes?: number | undefined;
  /** The memory is that of the whole tree, measured from time to time: for a program that reserves far more than it uses, such as Node. */
  isMemoryWatched?: boolean;
  /** Processes and threads, the first included. */
  processes?: number | undefined;
  /** Open descriptors. */
  openFiles?: number | undefined;
  /** Length of a file that is written, in bytes. */
  fileSizeBytes?: number | undefined;
}

/** Which of them was reached. */
export type LimitName = 'memory' | 'processes' | 'openFiles' | 'fileSize';

/** As limits.py reads them. Memory is RLIMIT_DATA: what Linux since 4.7 counts there is what a program can write to. */
export function encodeLimits({ memoryBytes, isMemoryWatched, processes, openFiles, fileSizeBytes }: Limits): string {
  const values = {
    [isMemoryWatched === true ? 'MEMORY' : 'RLIMIT_DATA']: memoryBytes,
    PROCESSES: processes,
    RLIMIT_NOFILE: openFiles,
    RLIMIT_FSIZE: fileSizeBytes,
  };
  return Object.entries(values)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]))
    .join(' ');
}

const units: Record<string, number> = { B: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3, kB: 1000, MB: 1e6, GB: 1e9 };

/** Reads `512MiB`, `1 GB`; a bare number is bytes. Undefined when it is not a size. */
export function parseBytes(text: string): number | undefined {
  const [, number, unit = 'B'] = /^(\d+(?:\.\d+)?)\s*([a-zA-Z]+)?$/.exec(text.trim()) ?? [];
  const bytes = Math.round(Number(number) * (units[unit] ?? NaN));
  return bytes >= 1 && Number.isSafeInteger(bytes) ? bytes : undefined;
}

function renderBytes(bytes: number): string {
  const unit = ['GiB', 'MiB', 'KiB'].find((each) => bytes % (units[each] ?? 1) === 0) ?? 'B';
  return `${bytes / (units[unit] ?? 1)} ${unit}`;
}

/** `512 MiB of memory`; undefined when there is no such limit. */
export function renderLimit(
  { memoryBytes, processes, openFiles, fileSizeBytes }: Limits,
  name: LimitName,
): string | undefined {
  switch (name) {
    case 'memory':
      return memoryBytes === undefined ? undefined : `${renderBytes(memoryBytes)} of memory`;
    case 'processes':
      return processes === undefined ? undefined : `${processes} processes and threads`;
    case 'openFiles':
      return openFiles === undefined ? undefined : `${openFiles} open files`;
    case 'fileSize':
      return fileSizeBytes === undefined ? undefined : `${renderBytes(fileSizeBytes)} for a file`;
  }
}
