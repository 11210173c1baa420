import path from 'node:path';
import { CastRecorder } from './cast-recorder.ts';
import type { CastSecrets } from './masked-output.ts';

export interface RecordOptions {
  /** Of all recordings; there already. */
  folder: string;
  sessionName: string;
  secrets: CastSecrets;
  /** Told once for each recording that could not be written further. */
  warn: (message: string) => void;
}

/** Makes the recorder of each channel with a terminal: `SESSION-N.cast` in the folder. */
export function recordTerminals({
  folder,
  sessionName,
  secrets,
  warn,
}: RecordOptions): (n: number, terminal: { term: string; columns: number; rows: number }) => CastRecorder {
  return (n, terminal) =>
    new CastRecorder({ file: path.join(folder, `${sessionName}-${n}.cast`), terminal, secrets, warn });
}
