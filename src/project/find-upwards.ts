import { existsSync, lstatSync, realpathSync, type Stats } from 'node:fs';
import path from 'node:path';

/** Where everybody may put files, such as /tmp. */
const sticky = 0o1000;

type User = number | undefined;

/**
 * The nearest folder that has a file of this name: `start`, or one above it. What is there decides what is run, so above the start only what is the user's
 * own counts: the search ends before a folder of another user, and before one in which all users put files. It ends with the folder that has `.git`, and
 * at the root. Undefined when there is none.
 * @param start Absolute; above a link it goes on where the link leads to.
 */
export function findUpwards(start: string, name: string, user: User = process.geteuid?.()): string | undefined {
  if (existsSync(path.join(start, name))) return start;
  for (let folder = realPath(start); !existsSync(path.join(folder, '.git'));) {
    const above = path.dirname(folder);
    if (above === folder || !isOwnFolder(above, user)) return undefined;
    if (isOwn(look(path.join(above, name)), user)) return above;
    folder = above;
  }
  return undefined;
}

function isOwnFolder(folder: string, user: User): boolean {
  const found = look(folder);
  return isOwn(found, user) && (found.mode & sticky) === 0;
}

function isOwn(found: Stats | undefined, user: User): found is Stats {
  return found !== undefined && (user === undefined || found.uid === user);
}

/** Undefined when it is not there, or cannot be reached. */
function look(file: string): Stats | undefined {
  try {
    return lstatSync(file);
  } catch {
    return undefined;
  }
}

/** A folder that is not there has no link to follow. */
function realPath(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}
