import { chmodSync, existsSync, lstatSync, readdirSync, renameSync, rmdirSync, unlinkSync } from 'node:fs';
import path from 'node:path';

/**
 * Removes a folder with everything in it. Links are not followed, and removed permissions are restored, as in `remove_folder` of
 * process_tree.py does. What is deeper than two folders is moved up first, because a path may be longer than the system allows. What cannot be
 * removed is not ours and stays.
 */
export function removeFolder(top: string): void {
  try {
    if (!lstatSync(top).isDirectory()) {
      unlinkSync(top);
      return;
    }
    chmodSync(top, 0o700);
    const nextName = createNames(top);
    for (let names = readdirSync(top); names.length > 0; names = readdirSync(top)) {
      for (const name of names) removeEntry(path.join(top, name), nextName);
    }
    rmdirSync(top);
  } catch {
    // It no longer exists, or is not ours.
  }
}

function removeEntry(entry: string, nextName: () => string): void {
  if (!lstatSync(entry).isDirectory()) {
    unlinkSync(entry);
    return;
  }
  chmodSync(entry, 0o700);
  for (const name of readdirSync(entry)) {
    const child = path.join(entry, name);
    if (lstatSync(child).isDirectory()) {
      chmodSync(child, 0o700); // moving it needs its own permissions too
      renameSync(child, nextName());
    } else {
      unlinkSync(child);
    }
  }
  rmdirSync(entry);
}

function createNames(top: string): () => string {
  let number = 0;
  return () => {
    let name: string;
    do {
      number += 1;
      name = path.join(top, `${number}~`);
    } while (existsSync(name));
    return name;
  };
}
