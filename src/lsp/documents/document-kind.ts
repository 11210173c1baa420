import path from 'node:path';

/** What is known of a document by its name or its keys; others are not looked at. */
export type DocumentKind =
  | 'manifest'
  | 'project'
  | 'plugin-test'
  | 'scenario'
  | 'platform-script'
  | 'platform-test'
  | 'kvgroup-message'
  | 'kvgroup-test';

const byName: [RegExp, DocumentKind][] = [
  [/^MANIFEST$/, 'manifest'],
  [/^plugin-host\.yaml$/, 'project'],
  [/\.plugin-test\.ya?ml$/, 'plugin-test'],
  [/\.platform-test\.ya?ml$/, 'platform-test'],
  [/\.scenario\.ya?ml$/, 'scenario'],
  [/\.kvg$/, 'kvgroup-message'],
  [/^expect\.yaml$/, 'kvgroup-test'],
];

const scenarioKey = /^(?:\{[ \t]*)?["']?plugins["']?[ \t]*:/m;
const scriptKey = /"BackEnd"[ \t]*:/;

/** By its name; scenarios (`plugins:`) and platform scripts (`BackEnd`) by their keys too, so that one that is half written is known. */
export function findDocumentKind(file: string, text: string): DocumentKind | undefined {
  const name = path.basename(file);
  const named = byName.find(([pattern]) => pattern.test(name));
  if (named !== undefined) return named[1];
  if (/\.ya?ml$/.test(name) && scenarioKey.test(text)) return 'scenario';
  return name.endsWith('.json') && scriptKey.test(text) ? 'platform-script' : undefined;
}
