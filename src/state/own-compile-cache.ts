import { getCompileCacheDir } from 'node:module';
import { isOutOfReach } from './find-distrust.ts';

/**
 * Where this process keeps what Node compiled, so that the processes of plugins can keep it there too. Undefined when nowhere, or where
 * another user could have put code: a program that uses the library chooses that folder itself.
 */
export function ownCompileCache(): string | undefined {
  const folder = getCompileCacheDir();
  return folder !== undefined && isOutOfReach(folder) ? folder : undefined;
}
