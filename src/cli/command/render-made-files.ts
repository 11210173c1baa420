/** Lines that name the files of a new folder; of those in a folder of it only that one. */
export function renderMadeFiles(files: readonly string[]): string[] {
  const shown = files.map((file) => (file.includes('/') ? file.slice(0, file.indexOf('/') + 1) : file));
  return [...new Set(shown)].map((file) => `  ${file}`);
}
