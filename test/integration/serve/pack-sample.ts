import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

/** The ZIP of a sample plugin, or of one with other files. @param files Their texts by name; replaces those of the sample */
export async function packSample(name: string, files: Readonly<Record<string, string>> = {}): Promise<Buffer> {
  return packFolder(path.resolve(import.meta.dirname, '../../../sample-plugins', name), files);
}

/** As `packSample`, of any folder. */
export async function packFolder(folder: string, files: Readonly<Record<string, string>> = {}): Promise<Buffer> {
  const own = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  const texts = Object.fromEntries(
    own.map((entry) => [entry.name, readFileSync(path.join(folder, entry.name), 'utf8')]),
  );
  return zipOf({ ...texts, ...files });
}

async function zipOf(files: Readonly<Record<string, string>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [file, text] of Object.entries(files)) zip.addBuffer(Buffer.from(text), file);
  zip.end();
  return buffer(zip.outputStream);
}
