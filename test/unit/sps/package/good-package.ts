/** A MANIFEST without any fault. */
export const goodManifest = `name: My_Plugin
description: Asks for a one-time password
version: 1.0
type: aa
api: 1.9
entry_point: main.py
`;

export const goodMain = '#!/usr/bin/env pluginwrapper3\n\nclass Plugin:\n    pass\n';

/** The good MANIFEST with some lines replaced, or left out when undefined. */
export function manifestWith(changes: Record<string, string | undefined>): string {
  const lines = goodManifest.trimEnd().split('\n');
  const kept = lines.filter((line) => !(line.slice(0, line.indexOf(':')) in changes));
  const changed = Object.entries(changes).flatMap(([key, value]) => (value === undefined ? [] : [`${key}: ${value}`]));
  return `${[...kept, ...changed].join('\n')}\n`;
}
