import { chmodSync, existsSync, lstatSync, readdirSync, renameSync, rmdirSync, unlinkSync } from 'node:fs';
import path from 'node:path';

/**
 * Removes a folder with all in it: links not followed, permissions that were taken away given back, as `remove_folder` of
 * process_tree.py does. What lies deeper than two folders is brought up first: a path may be longer than the system takes. What cannot be
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
    // It is gone, or not ours.
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
      chmodSync(child, 0o700); // to be moved, its own permissions count too
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
