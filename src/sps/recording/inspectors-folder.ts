import { readdirSync } from 'node:fs';
import path from 'node:path';

/** Folder in the state folder that holds a lock of each open inspector, and of some that were killed. */
export const inspectorsFolder = 'inspectors';

/** The ids of the locks; a system call, whether or not there is the folder. */
export function listInspectors(stateDir: string): string[] {
  try {
    return readdirSync(path.join(stateDir, inspectorsFolder));
  } catch {
    return []; // none ever was open
  }
}
