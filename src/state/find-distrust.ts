import { lstatSync, realpathSync, type Stats, statSync } from 'node:fs';
import path from 'node:path';

const writableByOthers = 0o022;
const sticky = 0o1000;
const root = 0;

/** The user that this process acts as; undefined where the system has no such thing. */
type User = number | undefined;

const currentUser = (): User => process.geteuid?.();

/**
 * Why another user may have made what is at a path, as the end of a sentence about it; undefined when it does not exist, or when only the
 * user and the system's administrator can have put it there.
 */
export function findDistrust(file: string, user: User = currentUser()): string | undefined {
  const own = inspect(file, lstatSync);
  const stats = own?.isSymbolicLink() === true ? inspect(file, statSync) : own;
  const foreign = [own, stats].find((each) => each !== undefined && isForeign(each, user));
  if (foreign !== undefined) return `belongs to another user (${foreign.uid})`;
  if (user === undefined || stats?.isDirectory() !== true || (stats.mode & writableByOthers) === 0) return undefined;
  return `can be written to by others (mode ${(stats.mode & 0o7777).toString(8).padStart(4, '0')})`;
}

/**
 * Whether only the user and the system's administrator can change a folder and everything above it, so that its content stays the user's from
 * one check to the next. False for a link.
 */
export function isOutOfReach(folder: string, user: User = currentUser()): boolean {
  if (user === undefined) return true;
  const stats = inspect(folder, lstatSync);
  if (stats?.isDirectory() !== true || stats.uid !== user || (stats.mode & writableByOthers) !== 0) return false;
  for (let above = path.dirname(realpathSync(folder)); ; above = path.dirname(above)) {
    const { uid, mode } = lstatSync(above);
    const isOpen = (mode & writableByOthers) !== 0 && (mode & sticky) === 0;
    if (isOpen || (uid !== user && uid !== root)) return false;
    if (path.dirname(above) === above) return true;
  }
}

function isForeign({ uid }: Stats, user: User): boolean {
  return user !== undefined && uid !== user && uid !== root;
}

/** Undefined when it does not exist, or cannot be inspected, and so cannot be used. */
function inspect(file: string, look: (file: string) => Stats): Stats | undefined {
  try {
    return look(file);
  } catch {
    return undefined;
  }
}
